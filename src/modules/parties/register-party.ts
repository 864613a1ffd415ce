import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { conflict } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { PartyInput, PartyView } from './schemas.ts';
import { insertParty, type PartyRow } from './store.ts';
import { viewOf } from './view.ts';

/** Enters a party. 422 `party.codes_wrong`; 409 `party.uscc_taken` where the bureau has one with its credit code. */
export async function registerParty(ctx: Ctx, body: PartyInput): Promise<PartyView> {
  return inTx(ctx, async (tx) => {
    const row = await addParty(tx, body);
    if (!row) throw conflict('party.uscc_taken');
    return viewOf(tx, row);
  });
}

/** Writes a party and its trace; undefined where the bureau has one with the same credit code. */
export async function addParty(tx: TxCtx, input: PartyInput): Promise<PartyRow | undefined> {
  ownBureau(tx.actor);
  const row = await insertParty(tx, input);
  if (row) {
    const detail = { kind: row.kind, name: row.name, uscc: row.uscc };
    await audit(tx, { action: 'party.register', subject: { kind: 'party', id: row.id }, detail });
  }
  return row;
}
