import { type ReferenceExpression, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import { badRequest } from '../shared/errors.ts';
import type { DB } from './schema.ts';

/** What every list's query string may carry. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of a list: `next` is the cursor of the page after it, null on the last. */
export type Page<T> = { items: T[]; next: string | null };

/** The zod schema of a page of `item`. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

type Position = [string, string];

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

function decode(cursor: string): Position {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw badRequest('request.bad_cursor', {}, [{ field: 'cursor', code: 'field.format' }]);
  }
}

/**
 * One page of `query`, newest first, by the tuple (`time`, `id`): the same speed on the thousandth page as on
 * the first, and no row twice or lost while others are added. The query must select `id` and the time column.
 * Cursors keep microseconds as PostgreSQL keeps them, so `time` is compared as text of full precision.
 */
export async function page<TB extends keyof DB, O extends { id: string }>(
  query: SelectQueryBuilder<DB, TB, O>,
  columns: { time: ReferenceExpression<DB, TB>; id: ReferenceExpression<DB, TB> },
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<O>> {
  const time = sql.ref(columns.time as string);
  const id = sql.ref(columns.id as string);
  let paged = query
    .select(sql<string>`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('pageTime'))
    .orderBy(time, 'desc')
    .orderBy(id, 'desc')
    .limit(limit + 1);
  if (cursor) {
    const [at, last] = decode(cursor);
    paged = paged.where(sql<boolean>`(${time}, ${id}) < (${at}::timestamptz, ${last}::uuid)`);
  }
  const rows = (await paged.execute()) as (O & { pageTime: string })[];
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next =
    rows.length > limit && last
      ? Buffer.from(JSON.stringify([last.pageTime, last.id]), 'utf8').toString('base64url')
      : null;
  return { items, next };
}
