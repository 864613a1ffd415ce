import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import { officersOfPaper, type PaperSigner } from '../documents/index.ts';

/** Who signs the record of a sampling: its officers and the witness. */
export async function sampleSigners(db: Kysely<DB>, id: string): Promise<PaperSigner[]> {
  const { officerIds, witnessName } = await db
    .selectFrom('samples')
    .select(['officerIds', 'witnessName'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const witness = { role: 'witness' as const, userId: null, name: witnessName ?? '', capacity: null };
  return [...(await officersOfPaper(db, officerIds)), ...(witnessName === null ? [] : [witness])];
}
