import type { Ctx } from '../../context.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { HistoryQuery, Moved, MovedPage } from './schemas.ts';

/** The clocks of the bureau that an import has moved so far, newest first, paged. 404. */
export async function listMoved(ctx: Ctx, id: string, { cursor, limit }: HistoryQuery): Promise<MovedPage> {
  const { bureauId } = ctx.actor;
  const known = await ctx.db
    .selectFrom('calendarYears')
    .select('id')
    .where('id', '=', id)
    .where((eb) => eb.or([eb('bureauId', 'is', null), eb('bureauId', '=', bureauId)]))
    .executeTakeFirst();
  if (!known) throw notFound();
  let query = ctx.db
    .selectFrom('clockHistory')
    .innerJoin('clocks', 'clocks.id', 'clockHistory.clockId')
    .select(['clockHistory.id', 'clockHistory.at', 'clockHistory.detail', 'clocks.id as clockId'])
    .select(['clocks.ruleId', 'clocks.subjectKind', 'clocks.subjectId'])
    .where('clockHistory.calendarYearId', '=', id)
    .where('clocks.bureauId', '=', bureauId);
  if (cursor !== undefined) query = query.where('clockHistory.id', '<', cursor);
  const rows = await query
    .orderBy('clockHistory.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map((row) => {
    const { before, after } = row.detail as unknown as Pick<Moved, 'before' | 'after'>;
    const subject = { kind: row.subjectKind, id: row.subjectId };
    return { clockId: row.clockId, rule: row.ruleId, subject, before, after, at: formatInstant(row.at) };
  });
  return { items, next: rows.length > limit ? String(rows[limit - 1]!.id) : null };
}
