import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { PaperSigner } from '../documents/index.ts';
import { peopleOn } from './queries.ts';

const ROLE = { bureau: 'officer', party: 'party', witness: 'witness' } as const;

/** Who signs what is written on the scene: its officers, whoever is there for the party, the witnesses. */
export async function inspectionSigners(db: Kysely<DB>, id: string): Promise<PaperSigner[]> {
  const people = await peopleOn(db, id);
  return people.flatMap(({ side, userId, name, role }) =>
    side === 'police' ? [] : [{ role: ROLE[side], userId, name, capacity: side === 'bureau' ? null : role }],
  );
}
