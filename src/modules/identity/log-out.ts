import { type Ctx, inTx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { endSessions } from './store.ts';
import { hashToken } from './tokens.ts';

/** Ends the session of `token`; harmless where it has ended already. */
export async function logOut(ctx: Ctx, token: string): Promise<void> {
  await inTx(ctx, async (tx) => {
    const ended = await tx.db
      .deleteFrom('sessions')
      .where('tokenHash', '=', hashToken(token))
      .where('userId', '=', tx.actor.id)
      .executeTakeFirst();
    if (ended.numDeletedRows === 0n) return;
    await audit(tx, { action: 'session.log_out', subject: { kind: 'user', id: tx.actor.id } });
  });
}

/** Ends every session of the actor, on every device; answers how many. */
export async function logOutEverywhere(ctx: Ctx): Promise<{ ended: number }> {
  return inTx(ctx, async (tx) => {
    const ended = await endSessions(tx.db, tx.actor.id);
    await audit(tx, {
      action: 'session.log_out_everywhere',
      subject: { kind: 'user', id: tx.actor.id },
      detail: { ended },
    });
    return { ended };
  });
}
