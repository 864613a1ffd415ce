import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from '../records/index.ts';
import { checkedIdentity } from './rules.ts';
import type { PartyView, SetIdentityInput } from './schemas.ts';
import { lockParty, sealedIdentity } from './store.ts';
import { viewOf } from './view.ts';

/** Corrects the identity number of a party. The trace says that and why, never the number. 422 `party.codes_wrong`. */
export async function setIdentity(ctx: Ctx, id: string, body: SetIdentityInput): Promise<PartyView> {
  return inTx(ctx, async (tx) => {
    const party = await lockParty(tx, id);
    requireLive(party);
    checkVersion(tx, party);
    const identity = checkedIdentity(body, dayOf(tx.now));
    const row = await tx.db
      .updateTable('parties')
      .set({ ...sealedIdentity(tx.vault, identity), version: party.version + 1 })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await audit(tx, {
      action: 'party.set_identity',
      subject: { kind: 'party', id },
      detail: { had: party.idSealed !== null, has: identity !== null, reason: body.reason },
    });
    return viewOf(tx, row);
  });
}
