import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { PaperSigner } from '../documents/index.ts';
import { officersOfPaper } from '../documents/index.ts';
import { inspectionSigners } from '../inspections/index.ts';

/** Who signs the papers of a measure: its officers, and the others of the inspection it was carried out in. */
export async function measureSigners(db: Kysely<DB>, id: string): Promise<PaperSigner[]> {
  const { officerIds, inspectionId, witnessName } = await db
    .selectFrom('measures')
    .select(['officerIds', 'inspectionId', 'witnessName'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const there = inspectionId === null ? [] : await inspectionSigners(db, inspectionId);
  const witness = { role: 'witness' as const, userId: null, name: witnessName ?? '', capacity: null };
  return [
    ...(await officersOfPaper(db, officerIds)),
    ...(witnessName === null ? [] : [witness]),
    ...there.filter(({ role, name }) => role !== 'officer' && name !== witnessName),
  ];
}
