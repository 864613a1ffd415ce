import type { Selectable } from 'kysely';
import type { Attachments } from '../../db/schema.ts';
import type { Vault } from '../../shared/vault.ts';

/** What of a confidential attachment may show who reported, besides its content. */
export type Details = { name: string; note: string | null; sha256: string };

/** Stands in their place for those who may not know. */
const WITHHELD: Details = { name: '〔信息保密〕', note: null, sha256: '' };

/** The columns of them, sealed. */
export function sealedDetails(vault: Vault, details: Details) {
  const { data, keyId, alg } = vault.seal(JSON.stringify(details));
  return { sealed: data, keyId, alg, name: null, note: null };
}

type Row = Pick<
  Selectable<Attachments>,
  'isConfidential' | 'sealed' | 'keyId' | 'alg' | 'name' | 'note' | 'sha256'
>;

/** What stands in a row, for whoever may see what is confidential, and for others. */
export function detailsOf(vault: Vault, row: Row, seesConfidential: boolean): Details {
  if (row.isConfidential && !seesConfidential) return WITHHELD;
  const { sealed, keyId, alg, note, sha256 } = row;
  if (!sealed || keyId === null || alg === null) return { name: row.name ?? '', note, sha256 };
  return JSON.parse(vault.open({ data: sealed, keyId, alg })) as Details;
}
