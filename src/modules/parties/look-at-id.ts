import { type Ctx, inTx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { audit } from '../audit/index.ts';
import type { IdentityView } from './schemas.ts';
import { getSurvivor, openIdentity } from './store.ts';

/** Shows the identity number of a party; each look is written down. */
export async function lookAtId(ctx: Ctx, id: string): Promise<IdentityView> {
  return inTx(ctx, async (tx) => {
    const row = await getSurvivor(tx.db, ownBureau(tx.actor), id);
    await audit(tx, { action: 'party.look_at_id', subject: { kind: 'party', id: row.id } });
    return openIdentity(tx.vault, row) ?? { idType: null, idNumber: null };
  });
}
