import { type Kysely, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { contains } from '../../db/list.ts';
import type { Page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { dayOf, type Day } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { AreaFilter, AreaRow, AreaView, DivisionFilter, DivisionView, WorkerView } from './schemas.ts';

const DIVISION = ['code', 'parentCode', 'level', 'name', 'edition', 'abolishedOn'] as const;
const AREA = ['id', 'parentId', 'level', 'divisionCode', 'name', 'unitId', 'version'] as const;

/** The children of a division by code; the same for everybody. */
export async function listDivisions(ctx: Ctx, filter: DivisionFilter): Promise<{ items: DivisionView[] }> {
  let query = ctx.db
    .selectFrom('divisions')
    .select(DIVISION)
    .where('parentCode', filter.parent ? '=' : 'is', filter.parent ?? null);
  if (filter.includeAbolished === 'false') query = query.where('abolishedOn', 'is', null);
  return { items: await query.orderBy('code').execute() };
}

/** A division with its parents as an address begins, e.g. `四川省成都市新都区新繁街道`; null for an unknown code. */
export async function findDivisionName(db: Kysely<DB>, code: string): Promise<string | null> {
  const codes = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code.slice(0, 6), code];
  const rows = await db
    .selectFrom('divisions')
    .select(['code', 'name'])
    .where('code', 'in', codes)
    .orderBy('code')
    .execute();
  if (!rows.some((row) => row.code === code)) return null;
  // 市辖区 and the like are headings of the standard, not part of any address.
  const names = rows
    .map(({ name }) => name)
    .filter((name) => !/^(市辖区|县|(省|自治区)直辖县级行政区划)$/.test(name));
  return names.join('');
}

function areasOf(ctx: Ctx, { q, parent, level, unitId }: AreaFilter) {
  let query = ctx.db
    .selectFrom('gridAreas')
    .select(AREA)
    .select([
      sql<string | null>`(select u.name from units u where u.id = grid_areas.unit_id)`.as('unitName'),
      sql<string | null>`(select a.name from grid_areas a where a.id = grid_areas.parent_id)`.as(
        'parentName',
      ),
    ])
    .where('bureauId', '=', ctx.actor.bureauId);
  if (level) query = query.where('level', '=', level);
  if (unitId) query = query.where('unitId', '=', unitId);
  if (q) query = query.where('name', 'ilike', contains(q));
  if (parent) return query.where('parentId', '=', parent);
  return level || unitId || q ? query : query.where('parentId', 'is', null);
}

const MOST_AREAS = 2000;

/** The bureau's grid areas, on one page: a bureau has hundreds, not thousands under one parent. */
export async function listAreas(ctx: Ctx, filter: AreaFilter): Promise<Page<AreaRow>> {
  const areas = await areasOf(ctx, filter).orderBy('name').orderBy('id').limit(MOST_AREAS).execute();
  const workers = await workersOf(
    ctx.db,
    areas.map(({ id }) => id),
    dayOf(ctx.now),
  );
  return { items: areas.map((area) => ({ ...area, workers: workers.get(area.id) ?? [] })), next: null };
}

/** One grid area of the bureau with who looks after it today. */
export async function getArea(ctx: Pick<Ctx, 'db' | 'actor' | 'now'>, id: string): Promise<AreaView> {
  const area = await ctx.db
    .selectFrom('gridAreas')
    .select(AREA)
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!area) throw notFound();
  const workers = await workersOf(ctx.db, [id], dayOf(ctx.now));
  return { ...area, workers: workers.get(id) ?? [] };
}

async function workersOf(db: Kysely<DB>, areaIds: string[], day: Day): Promise<Map<string, WorkerView[]>> {
  const found = new Map<string, WorkerView[]>();
  if (areaIds.length === 0) return found;
  const rows = await db
    .selectFrom('gridWorkers')
    .innerJoin('users', 'users.id', 'gridWorkers.userId')
    .select(['gridWorkers.id', 'areaId', 'userId', 'users.name', 'fromOn as from', 'toOn as to'])
    .where('areaId', 'in', areaIds)
    .where((eb) => eb.or([eb('toOn', 'is', null), eb('toOn', '>=', day)]))
    .orderBy('fromOn')
    .orderBy('gridWorkers.id')
    .execute();
  for (const { areaId, ...worker } of rows) {
    const list = found.get(areaId);
    if (list) list.push(worker);
    else found.set(areaId, [worker]);
  }
  return found;
}
