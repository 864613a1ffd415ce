import type { Ctx } from '../../context.ts';
import type { Page } from '../../db/page.ts';
import { addDays, formatInstant, instantAt } from '../../shared/clock.ts';
import { badRequest } from '../../shared/errors.ts';
import type { AuditFilter, AuditView } from './schemas.ts';

const COLUMNS = [
  'id',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'actorRoles',
  'action',
  'subjectKind',
  'subjectId',
  'detail',
  'requestId',
] as const;

const EQUALS = ['actorId', 'action', 'subjectKind', 'subjectId'] as const;

function readCursor(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) {
    throw badRequest('request.bad_cursor', {}, [{ field: 'cursor', code: 'field.format' }]);
  }
  return Number(cursor);
}

/** The bureau's trail, newest first, by id: ids are given in order and never change. */
export async function listAudit(ctx: Ctx, filter: AuditFilter): Promise<Page<AuditView>> {
  let query = ctx.db.selectFrom('auditEntries').select(COLUMNS).where('bureauId', '=', ctx.actor.bureauId);
  for (const column of EQUALS) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (filter.from) query = query.where('at', '>=', instantAt(filter.from, '00:00'));
  if (filter.to) query = query.where('at', '<', instantAt(addDays(filter.to, 1), '00:00'));
  if (filter.cursor) query = query.where('id', '<', readCursor(filter.cursor));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
  const items = rows.slice(0, filter.limit).map((row) => ({ ...row, at: formatInstant(row.at) }));
  return { items, next: rows.length > filter.limit ? String(items.at(-1)!.id) : null };
}
