import { conflict } from './errors.ts';

/**
 * A flow: for each state the actions open in it, and the state each leads to.
 * Write it as `const X_FLOW = { … } satisfies Flow<XState>`: a misspelt target state does not compile, a
 * forgotten state neither, and the names of the actions are inferred.
 */
export type Flow<S extends string, A extends string = string> = {
  readonly [K in S]: { readonly [P in A]?: S };
};

type AnyFlow = { readonly [state: string]: { readonly [action: string]: string | undefined } };

/** The states of a flow. */
export type StateOf<F> = keyof F & string;

/** Every action of a flow, whichever the state. */
export type ActionOf<F> = { [K in keyof F]: keyof F[K] }[keyof F] & string;

function openIn(flow: AnyFlow, state: string): AnyFlow[string] {
  const open = Object.hasOwn(flow, state) ? flow[state] : undefined;
  if (open === undefined) throw new RangeError(`the flow has no state ${JSON.stringify(state)}`);
  return open;
}

/** The actions open in `state`, in the order of the table. RangeError: the flow has no such state. */
export function actionsFrom<F extends AnyFlow>(flow: F, state: StateOf<F>): ActionOf<F>[] {
  return Object.keys(openIn(flow, state)) as ActionOf<F>[];
}

/** True when nothing can be done from `state` any more. RangeError: the flow has no such state. */
export function isFinal<F extends AnyFlow>(flow: F, state: StateOf<F>): boolean {
  return actionsFrom(flow, state).length === 0;
}

/**
 * The state `action` leads to from `state`.
 * Throws conflict `workflow.action_not_allowed` with `{ state, action, allowed }` when the state does not know
 * the action; RangeError when the flow does not know the state, which is a bug and not the user's doing.
 */
export function next<F extends AnyFlow>(flow: F, state: StateOf<F>, action: ActionOf<F>): StateOf<F> {
  const open = openIn(flow, state);
  const target = Object.hasOwn(open, action) ? open[action] : undefined;
  if (target === undefined) {
    throw conflict('workflow.action_not_allowed', { state, action, allowed: actionsFrom(flow, state) });
  }
  return target as StateOf<F>;
}
