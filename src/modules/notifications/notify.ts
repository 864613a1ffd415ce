import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { Told } from './schemas.ts';

/** Something to be told to people of one bureau. */
export type Notice = Told & {
  to: Iterable<string>;
  /** What it is about: by what it is called and where it leads. */
  subject: { kind: string; id: string };
  /** What it is said of, `clock:…`, `approval:…`: a later word on it takes the place of an earlier one. */
  topic: string;
  /** The happening within the topic: told to each person once. */
  event: string;
};

/**
 * Tells people, in the transaction of what has happened: who is active and of the bureau, never the actor himself of
 * his own act, and nobody twice of the same.
 */
export async function notify(tx: TxCtx, bureauId: string, notices: readonly Notice[]): Promise<void> {
  const rows = notices.flatMap(({ to, kind, params, subject, topic, event }) =>
    [...new Set(to)]
      .filter((id) => id !== tx.actor.id)
      .map((userId) => ({
        id: tx.newId(),
        user_id: userId,
        kind,
        subject_kind: subject.kind,
        subject_id: subject.id,
        params,
        topic,
        event_key: `${topic} ${kind} ${event}`,
      })),
  );
  if (rows.length === 0) return;
  // In one order everywhere: two that tell the same people at once wait for each other and do not lock up.
  await sql`
    insert into notifications (id, bureau_id, user_id, kind, subject_kind, subject_id, params, topic, event_key,
      created_at, written_in)
    select n.id, ${bureauId}, u.id, n.kind, n.subject_kind, n.subject_id, n.params, n.topic, n.event_key,
      ${tx.now}, pg_current_xact_id()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, user_id uuid, kind text, subject_kind text,
        subject_id uuid, params jsonb, topic text, event_key text)
      join users u on u.id = n.user_id and u.bureau_id = ${bureauId} and u.is_active
    order by u.id, n.event_key
    on conflict (user_id, event_key) do nothing`.execute(tx.db);
}

/** Of one topic no more is unread than it has kinds times people. */
const MOST_OF_A_TOPIC = 200;

/** What was said of these topics needs nobody any more: it counts as read. */
export async function settle(
  tx: TxCtx,
  topics: readonly string[],
  kinds: readonly Told['kind'][],
): Promise<void> {
  // One look into the index a topic, whatever the planner thinks of a table that has grown since it was last analysed.
  const { rows } = await sql<{ id: string }>`
    select said.id from unnest(${[...topics]}::text[]) as wanted(topic) cross join lateral (
      select id from notifications n
      where n.topic = wanted.topic and n.read_at is null and n.kind = any(${[...kinds]}::text[])
      limit ${MOST_OF_A_TOPIC}) as said`.execute(tx.db);
  if (rows.length === 0) return;
  await tx.db
    .updateTable('notifications')
    .set({ readAt: tx.now })
    .where(sql<boolean>`id = any(${rows.map(({ id }) => id)}::uuid[])`)
    .where('readAt', 'is', null)
    .execute();
}
