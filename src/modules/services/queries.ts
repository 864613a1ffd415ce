import type { Kysely } from 'kysely';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import type { ServiceView } from './schemas.ts';

/** The services of things, oldest first, by what was served. */
export async function servicesOf(
  db: Kysely<DB>,
  subjectIds: readonly string[],
): Promise<Map<string, ServiceView[]>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('services')
    .selectAll()
    .where('subjectId', 'in', [...subjectIds])
    .orderBy('lineNo')
    .execute();
  const views = rows.map(
    ({ bureauId: _b, subjectKind: _k, reachedAt: _r, createdBy: _c, lineNo: _l, ...row }) => ({
      ...row,
      createdAt: formatInstant(row.createdAt),
    }),
  );
  return Map.groupBy(views, ({ subjectId }) => subjectId);
}
