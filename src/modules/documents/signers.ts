import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { Role } from './hands.ts';

/** Somebody whom the record names: an officer is one of ours, the others are only known by what was written down. */
export type PaperSigner = { role: Role; userId: string | null; name: string; capacity: string | null };

/** Officers of a record as those who sign its papers, in the order in which they are named. */
export async function officersOfPaper(db: Kysely<DB>, ids: readonly string[]): Promise<PaperSigner[]> {
  const users = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  const names = new Map(users.map(({ id, name }) => [id, name]));
  return ids.flatMap((userId) => {
    const name = names.get(userId);
    return name === undefined ? [] : [{ role: 'officer' as const, userId, name, capacity: null }];
  });
}
