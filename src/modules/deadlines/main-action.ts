import data from '../../data/main-actions.json' with { type: 'json' };

/** Kind of thing (a tip's with its own kind) → state → the permissions of what is done next. */
export const MAIN_ACTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
  data.actions;

type Stage = { kind: string; variant: string | null; state: string | null };

/** The act that comes next on a thing, as its `allowedActions` name it, of those these permissions allow. */
export function mainAction({ kind, variant, state }: Stage, permissions: ReadonlySet<string>): string | null {
  const flow = MAIN_ACTIONS[variant === null ? kind : `${kind}.${variant}`] ?? {};
  const next = state === null ? undefined : flow[state]?.find((permission) => permissions.has(permission));
  return next?.split('.')[1] ?? null;
}
