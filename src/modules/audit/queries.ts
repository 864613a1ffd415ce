import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { asked } from '../../db/list.ts';
import type { Page } from '../../db/page.ts';
import { labelled, labelOf } from '../../db/subjects.ts';
import { formatInstant } from '../../shared/clock.ts';
import { badRequest } from '../../shared/errors.ts';
import type { AuditFilter, AuditView } from './schemas.ts';

const listed = ({ db, actor }: Ctx) =>
  db
    .selectFrom('auditEntries')
    .select([
      'id',
      'at',
      'actorKind',
      'actorId',
      'actorName',
      'actorRoles',
      'action',
      'subjectKind',
      'subjectId',
    ])
    .select(['detail', 'requestId'])
    // Some subjects are known by words: only what is an id is looked up.
    .select(labelOf(actor, 'auditEntries.subjectKind', SUBJECT).as('label'))
    .where('bureauId', '=', actor.bureauId);

const SUBJECT = sql`case when audit_entries.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then audit_entries.subject_id::uuid end`;

const EQUALS = ['actorId', 'subjectKind', 'subjectId'] as const;

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw badRequest('request.bad_cursor', {}, [{ field: 'cursor', code: 'field.format' }]);
  }
  return Number(cursor);
}

function filtered(ctx: Ctx, filter: AuditFilter) {
  let query = listed(ctx).where(
    asked(ctx, { table: 'auditEntries', time: 'at', texts: ['action', 'actorName'] }, filter),
  );
  for (const column of EQUALS) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  return filter.action ? query.where('action', 'in', filter.action) : query;
}

/** The bureau's trail, newest first, by id: ids are given in order and never change. */
export async function listAudit(ctx: Ctx, filter: AuditFilter): Promise<Page<AuditView>> {
  let query = filtered(ctx, filter);
  if (filter.cursor) query = query.where('id', '<', readCursor(filter.cursor));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const items = rows
    .slice(0, filter.limit)
    .map(({ label, ...row }) => ({ ...row, ...labelled(label), at: formatInstant(row.at) }));
  return { items, next: rows.length > filter.limit ? String(items.at(-1)!.id) : null };
}
