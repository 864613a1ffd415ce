import type { TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { unprocessable } from '../../shared/errors.ts';
import { addParty } from './register-party.ts';
import { checkedCodes, enteredParty, type PartyWarning, warningsOf } from './rules.ts';
import type { PartyRef } from './schemas.ts';
import { findByUscc, findSurvivor, type PartyRow } from './store.ts';

/** The party another record means. */
export type ResolvedParty = { id: string; name: string; warnings: PartyWarning[] };

/**
 * The party a body names: by id (merged ones are followed), by its credit code where the bureau knows it, else a new
 * one. 422 `party.unknown` for an id that is not a live party of the bureau; 422 `party.codes_wrong`.
 */
export async function resolveParty(tx: TxCtx, ref: PartyRef): Promise<ResolvedParty> {
  const row = ref.id === undefined ? await known(tx, ref) : await byId(tx, ref.id);
  return { id: row.id, name: row.name, warnings: warningsOf(row) };
}

async function byId(tx: TxCtx, id: string): Promise<PartyRow> {
  const row = await findSurvivor(tx.db, ownBureau(tx.actor), id);
  if (!row || row.voidedAt)
    throw unprocessable('party.unknown', {}, [{ field: 'party.id', code: 'party.unknown' }]);
  return row;
}

async function known(tx: TxCtx, ref: PartyRef): Promise<PartyRow> {
  const entered = enteredParty(ref);
  const row = await addParty(tx, entered);
  if (row) return row;
  const found = await findByUscc(tx.db, ownBureau(tx.actor), checkedCodes(entered).uscc ?? '');
  if (!found) throw unprocessable('party.unknown');
  return found;
}
