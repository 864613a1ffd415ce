import type { Actor } from '../context.ts';
import { notFound } from '../shared/errors.ts';

/** The bureau whose records `actor` works on; 404 for who belongs to none (a laboratory, a job): nothing is theirs. */
export function ownBureau(actor: Actor): string {
  if (actor.bureauId === null) throw notFound();
  return actor.bureauId;
}
