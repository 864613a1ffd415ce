import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { Vault } from '../../shared/vault.ts';
import { partyBlock } from './queries.ts';

/** The party block under the names the templates give its blanks, without what is not known: that stays blank. */
export async function partyBlanks(
  from: { db: Kysely<DB>; vault: Vault },
  bureauId: string,
  id: string,
): Promise<Record<string, string>> {
  const { certificateName, uscc, ...block } = await partyBlock(from, bureauId, id);
  const blanks = { ...block, licenceName: certificateName, creditCode: uscc };
  return Object.fromEntries(Object.entries(blanks).filter(([, value]) => value !== ''));
}
