import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { badRequest, notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { ReadAllInput } from './schemas.ts';

/** Those of the actor's own that are unread and not being written to, marked; answers which. */
async function mark(tx: TxCtx, which: ReturnType<typeof sql<boolean>>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update notifications set read_at = ${tx.now}
    where id in (
      select id from notifications
      where bureau_id = ${tx.actor.bureauId} and user_id = ${tx.actor.id} and read_at is null and ${which}
      for update skip locked)
    returning id`.execute(tx.db);
  const subject = { kind: 'user', id: tx.actor.id };
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await audit(tx, { action: 'notification.read', subject, detail: { ids } });
  return ids;
}

/** One is read; again changes nothing. 404 where it is not the actor's. */
export async function readNotification(ctx: Ctx, id: string): Promise<{ read: number }> {
  return inTx(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('notifications')
      .select('id')
      .where('id', '=', id)
      .where('bureauId', '=', tx.actor.bureauId)
      .where('userId', '=', tx.actor.id)
      .executeTakeFirst();
    if (!row) throw notFound();
    return { read: (await mark(tx, sql<boolean>`id = ${id}`)).length };
  });
}

/**
 * All that could be seen when the list was read, and nothing that came since: also what had begun before it and was
 * committed after. What was brought here from another database names transactions that are yet to come; it was there.
 */
export async function readAllNotifications(ctx: Ctx, { asOf }: ReadAllInput): Promise<{ read: number }> {
  return inTx(ctx, async (tx) => {
    const { rows } = await sql<{
      ok: boolean;
    }>`select pg_input_is_valid(${asOf}, 'pg_snapshot') as ok`.execute(tx.db);
    if (!rows[0]?.ok) throw badRequest('request.bad_cursor', {}, [{ field: 'asOf', code: 'field.format' }]);
    const seen = sql<boolean>`(pg_visible_in_snapshot(written_in, ${asOf}::pg_snapshot)
      or written_in >= pg_snapshot_xmax(pg_current_snapshot()))`;
    return { read: (await mark(tx, seen)).length };
  });
}
