import type { TxCtx } from '../../context.ts';
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

/** How parties are amended, voided and assigned. */
export const PARTY_RECORD: RecordSpec<typeof PartyChanges> = {
  path: '/api/parties',
  kind: 'party',
  table: 'parties',
  changes: PartyChanges,
  onAmend: followAmendment,
};
