import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';
import { nameKey } from '../../shared/text.ts';
import type { RecordRow, RecordSpec } from '../records/index.ts';
import { checkedCodes } from './rules.ts';
import { PartyChanges } from './schemas.ts';

/** The keys that hang on an amended name or code follow it. 422 `party.codes_wrong`; 409 `party.uscc_taken`. */
async function followAmendment(tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  const party = PartyChanges.parse(
    Object.fromEntries(Object.keys(PartyChanges.shape).map((key) => [key, after[key]])),
  );
  const { warnings: _, ...codes } = checkedCodes(party);
  await tx.db
    .updateTable('parties')
    .set({
      ...codes,
      nameKey: nameKey(party.name ?? ''),
      aliasKeys: (party.aliases ?? []).map(nameKey),
    })
    .where('id', '=', before.id)
    .execute();
}

/** 409 `party.in_use` where anything live names the party. */
async function requireUnused(tx: TxCtx, { id }: RecordRow): Promise<void> {
  const { rows } = await sql`
    select 1 from sources where party_id = ${id} and voided_at is null
    union all select 1 from cases where party_id = ${id} and voided_at is null
    union all select 1 from inspections where party_id = ${id} and voided_at is null
    union all select 1 from samples where party_id = ${id} and voided_at is null
    union all select 1 from measures where party_id = ${id} and voided_at is null
    union all select 1 from tips where party_id = ${id} and voided_at is null
    limit 1`.execute(tx.db);
  if (rows.length > 0) throw conflict('party.in_use');
}

/** How parties are amended, voided and assigned. */
export const PARTY_RECORD: RecordSpec<typeof PartyChanges> = {
  path: '/api/parties',
  kind: 'party',
  table: 'parties',
  changes: PartyChanges,
  onAmend: followAmendment,
  onVoid: requireUnused,
};
