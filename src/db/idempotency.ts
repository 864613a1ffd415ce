import { unprocessable } from '../shared/errors.ts';
import type { TxCtx } from '../context.ts';

/**
 * Claims the request's Idempotency-Key, if it has one. Waits for a twin under way (unique index); answers with
 * the first answer where there is one. Throws 422 where the key was used with another body.
 */
export async function claimKey(tx: TxCtx): Promise<{ answer: unknown } | null> {
  const idem = tx.idempotency;
  if (!idem) return null;
  const claimed = await tx.db
    .insertInto('idempotencyKeys')
    .values({
      actorId: tx.actor.id,
      route: idem.route,
      key: idem.key,
      bodyHash: idem.bodyHash,
      createdAt: tx.now,
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 1n) return null;
  const first = await tx.db
    .selectFrom('idempotencyKeys')
    .select(['bodyHash', 'answer'])
    .where('actorId', '=', tx.actor.id)
    .where('route', '=', idem.route)
    .where('key', '=', idem.key)
    .executeTakeFirstOrThrow();
  if (first.bodyHash !== idem.bodyHash)
    throw unprocessable('request.idempotency_key_reused', { key: idem.key });
  idem.replayed = true;
  return { answer: first.answer };
}

/** Keeps the answer beside its key, last in the use case's own transaction. */
export async function storeAnswer(tx: TxCtx, answer: unknown): Promise<void> {
  const idem = tx.idempotency;
  if (!idem) return;
  await tx.db
    .updateTable('idempotencyKeys')
    .set({ answer: JSON.stringify(answer ?? null) })
    .where('actorId', '=', tx.actor.id)
    .where('route', '=', idem.route)
    .where('key', '=', idem.key)
    .execute();
}
