import type { Insertable } from 'kysely';
import { unprocessable } from '../shared/errors.ts';
import type { TxCtx } from '../context.ts';
import { compiledOnce } from './compiled.ts';
import type { IdempotencyKeys } from './schema.ts';

type Key = { actorId: string; route: string; key: string };

const insertKey = compiledOnce((db, { key }: { key: Insertable<IdempotencyKeys> }) =>
  db
    .insertInto('idempotencyKeys')
    .values(key)
    .onConflict((oc) => oc.doNothing()),
);

const updateAnswer = compiledOnce((db, { key, set }: { key: Key; set: { answer: string } }) =>
  db
    .updateTable('idempotencyKeys')
    .set(set)
    .where('actorId', '=', key.actorId)
    .where('route', '=', key.route)
    .where('key', '=', key.key),
);

/**
 * Claims the request's Idempotency-Key, if it has one. Waits for a twin under way (unique index); answers with
 * the first answer where there is one. Throws 422 where the key was used with another body.
 */
export async function claimKey(tx: TxCtx): Promise<{ answer: unknown } | null> {
  const idem = tx.idempotency;
  if (!idem) return null;
  const { route, key, bodyHash } = idem;
  const claimed = await insertKey(tx.db, {
    key: { actorId: tx.actor.id, route, key, bodyHash, createdAt: tx.now },
  });
  if (claimed.numAffectedRows === 1n) return null;
  const first = await tx.db
    .selectFrom('idempotencyKeys')
    .select(['bodyHash', 'answer'])
    .where('actorId', '=', tx.actor.id)
    .where('route', '=', route)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (first.bodyHash !== bodyHash) throw unprocessable('request.idempotency_key_reused', { key });
  idem.replayed = true;
  return { answer: first.answer };
}

/** Keeps the answer beside its key, last in the use case's own transaction. */
export async function storeAnswer(tx: TxCtx, answer: unknown): Promise<void> {
  const idem = tx.idempotency;
  if (!idem) return;
  const { route, key } = idem;
  await updateAnswer(tx.db, {
    key: { actorId: tx.actor.id, route, key },
    set: { answer: JSON.stringify(answer ?? null) },
  });
}
