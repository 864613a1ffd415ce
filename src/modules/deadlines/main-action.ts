import data from '../../data/main-actions.json' with { type: 'json' };

/** Kind of thing (a tip's with its own kind) → state → the permissions of what is done next. */
export const MAIN_ACTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> =
  data.actions;

type Stage = { kind: string; variant: string | null; state: string | null };

/**
 * The act that comes next on a thing, as its `allowedActions` name it, of those these permissions allow: on the pages of
 * cases and tips, where several modules meet, an act of another one goes by its whole name.
 */
export function mainAction({ kind, variant, state }: Stage, permissions: ReadonlySet<string>): string | null {
  const flow = MAIN_ACTIONS[variant === null ? kind : `${kind}.${variant}`] ?? {};
  const next = state === null ? undefined : flow[state]?.find((permission) => permissions.has(permission));
  if (next === undefined) return null;
  const [module, verb] = next.split('.');
  const isShared = kind === 'case' || kind === 'tip';
  return isShared && module !== kind ? next : verb!;
}
