import type { Actor } from '../context.ts';
import { notFound } from '../shared/errors.ts';

/** Whether of a kind of thing the actor sees, and acts on, only what he entered himself (`tip.read_own`). */
export const isOwnOnly = ({ permissions }: Actor, kind: string): boolean =>
  !permissions.has(`${kind}.read`) && permissions.has(`${kind}.read_own`);

/** The bureau whose records `actor` works on; 404 for who belongs to none (a laboratory, a job): nothing is theirs. */
export function ownBureau(actor: Actor): string {
  if (actor.bureauId === null) throw notFound();
  return actor.bureauId;
}
