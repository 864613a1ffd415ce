import { sql } from 'kysely';
import { z } from 'zod';
import type { Ctx } from '../../context.ts';
import type { Page } from '../../db/page.ts';
import { formatInstant } from '../../shared/clock.ts';
import { badRequest, notFound } from '../../shared/errors.ts';
import type { HistoryView } from './schemas.ts';
import type { RecordSpec } from './spec.ts';

type Line = Omit<HistoryView, 'at'> & { at: Date; exactAt: string; sortId: string };

const Cursor = z.tuple([z.iso.datetime(), z.string().max(20), z.string().max(40)]);

function readCursor(cursor: string | undefined) {
  if (cursor === undefined) return sql`true`;
  try {
    const [at, source, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return sql`(lines.at, lines.source, lines.sort_id) < (${at}::timestamptz, ${source}, ${id})`;
  } catch {
    throw badRequest('request.bad_cursor', {}, [{ field: 'cursor', code: 'field.format' }]);
  }
}

const cursorOf = (line: Line): string =>
  Buffer.from(JSON.stringify([line.exactAt, line.source, line.sortId]), 'utf8').toString('base64url');

/** Corrections, assignments and the trail of one record; the trail's own lines of the first two are left out. */
const linesOf = (kind: string, id: string, bureauId: string) => sql`
  select corrections.at, 'correction' as source, corrections.id::text as sort_id, corrections.kind as action,
    corrections.actor_id, (select name from users where users.id::text = corrections.actor_id) as actor_name,
    jsonb_build_object('before', before, 'after', after, 'reason', reason) as detail
  from corrections
  where subject_kind = ${kind} and subject_id = ${id}::uuid and corrections.bureau_id = ${bureauId}
  union all
  select assignments.at, 'assignment', assignments.id::text, assignments.kind,
    assignments.actor_id, (select name from users where users.id::text = assignments.actor_id),
    jsonb_build_object('unitId', unit_id, 'userIds', to_jsonb(user_ids), 'reason', reason)
  from assignments
  where subject_kind = ${kind} and subject_id = ${id}::uuid and assignments.bureau_id = ${bureauId}
  union all
  select at, 'audit', lpad(id::text, 20, '0'), action, actor_id, actor_name, detail
  from audit_entries
  where subject_kind = ${kind} and subject_id = ${id} and bureau_id = ${bureauId}
    and action <> all (${[`${kind}.amend`, `${kind}.void`, `${kind}.assign`]}::text[])`;

const viewOf = ({ at, source, action, actorId, actorName, detail }: Line): HistoryView => ({
  at: formatInstant(at),
  source,
  action,
  actorId,
  actorName,
  detail,
});

/** What has happened to a record, newest first. 404 where it is not of the actor's bureau. */
export async function listHistory(
  ctx: Ctx,
  spec: RecordSpec,
  id: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<HistoryView>> {
  const { bureauId } = ctx.actor;
  const record = await ctx.db
    .selectFrom(spec.table)
    .select('id')
    .where('id', '=', id)
    .where('bureauId', '=', bureauId)
    .executeTakeFirst();
  if (!record || bureauId === null) throw notFound();
  const { rows } = await sql<Line>`
    select lines.*, to_char(lines.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact_at
    from (${linesOf(spec.kind, id, bureauId)}) as lines
    where ${readCursor(cursor)}
    order by lines.at desc, lines.source desc, lines.sort_id desc
    limit ${limit + 1}`.execute(ctx.db);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const lines = items.map(viewOf);
  return {
    items: spec.forReader ? await spec.forReader(ctx, id, lines) : lines,
    next: rows.length > limit && last ? cursorOf(last) : null,
  };
}
