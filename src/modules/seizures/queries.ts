import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { assigneeColumns, matterColumns, originColumns, peopleOf } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { type Day, dayOf, formatInstant } from '../../shared/clock.ts';
import { normalise } from '../../shared/decimal.ts';
import { notFound } from '../../shared/errors.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { askedOf, type ClockedList, clocksOf, dueRows, nextClock } from '../deadlines/index.ts';
import { laboratoryReportsOf } from '../sources/index.ts';
import { liftingsOf, returnsOf, toReturnOf } from './lifting-queries.ts';
import { requireLiftable, requireToReturn } from './lifting-rules.ts';
import { alarmsOf, papersOf } from './papers.ts';
import { recordActions } from './record-actions.ts';
import { isExpired, MEASURE_FLOW, requireExtendable, requireWay } from './rules.ts';
import type { Measure, MeasureListItem, MeasureQuery, MeasureView } from './schemas.ts';

type Reader = Ctx | TxCtx;

// The clocks are the truth: testing time told to the party moves them, and no copy of the day moves along.
const lastDay = sql<Day | null>`(
  select min(k.raw_on) from clocks k
  where k.subject_kind = 'measure' and k.subject_id = measures.id and k.rule_id in ('S04', 'S04f')
    and k.state in ('running', 'paused'))`;

// Premises are held until they are let go; goods as long as the ledger says so.
const holding = sql<number>`(
  select count(*) from goods_items g
  where g.measure_id = measures.id and g.voided_at is null and measures.state = 'in_force'
    and ((g.category = 'premises' and g.lifted_at is null) or exists (
      select 1 from goods_balances b
      where b.item_id = g.id and b.title = 'held' and b.place in ('store', 'keeper', 'site') and b.quantity > 0)))`;

const listed = sql<number>`(
  select count(*) from goods_items g where g.measure_id = measures.id and g.voided_at is null)`;

const visible = (ctx: Reader) =>
  ctx.db
    .selectFrom('measures')
    .innerJoin('parties', 'parties.id', 'measures.partyId')
    .selectAll('measures')
    .select(['parties.name as partyName', lastDay.as('lastDay'), holding.as('holding'), listed.as('items')])
    .where('measures.bureauId', '=', ctx.actor.bureauId);

/** The number of the decision it rests on. */
const decisionNumber = sql<string | null>`(
  select d.number from documents d
  where d.subject_kind = 'measure' and d.subject_id = measures.id and d.kind = 'measure-decision' and d.state = 'issued'
  order by d.created_at desc limit 1)`;

type Row = Awaited<ReturnType<ReturnType<typeof visible>['executeTakeFirstOrThrow']>>;

type Shown = Omit<Measure, 'expired' | 'executedAt'> & Pick<Row, 'lastDay' | 'executedAt'>;

const iso = (instant: Date | null): string | null => instant && formatInstant(instant);

/** The last day of a measure as its clocks stand: the earliest of them; null before it is carried out. */
export async function lastDayOf(db: Kysely<DB>, id: string): Promise<Day | null> {
  const row = await db
    .selectFrom('measures')
    .select(lastDay.as('lastDay'))
    .where('measures.id', '=', id)
    .executeTakeFirst();
  return row?.lastDay ?? null;
}

function measureOf(ctx: Reader, row: Shown): Measure {
  const endsOn = row.lastDay ?? row.endsOn;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    partyId: row.partyId,
    partyName: row.partyName,
    place: row.place,
    sourceId: row.sourceId,
    caseId: row.caseId,
    isUrgent: row.isUrgent,
    executedAt: iso(row.executedAt),
    endsOn,
    expired: isExpired({ state: row.state, endsOn, holding: row.holding }, dayOf(ctx.now)),
    items: row.items,
    holding: row.holding,
    version: row.version,
  };
}

const LIST: ClockedList = {
  kind: 'measure',
  table: 'measures',
  time: 'createdAt',
  texts: ['place', sql.ref('parties.name'), decisionNumber],
};

const rows = (ctx: Ctx) =>
  visible(ctx)
    .select([decisionNumber.as('number'), nextClock(ctx, 'measure', 'measures.id').as('clock')])
    .select(originColumns('measures'))
    .select(matterColumns('measure', 'measures'))
    .where('measures.voidedAt', 'is', null);

/** Measures, newest first. */
export async function listMeasures(ctx: Ctx, filter: MeasureQuery): Promise<Page<MeasureListItem>> {
  const { kind, sourceId, caseId, endsBefore } = filter;
  let query = rows(ctx).where(askedOf(ctx, LIST, filter));
  if (kind) query = query.where('measures.kind', 'in', kind);
  if (sourceId) query = query.where('measures.sourceId', '=', sourceId);
  if (caseId) query = query.where('measures.caseId', '=', caseId);
  if (endsBefore) query = query.where(lastDay, '<', endsBefore);
  const found = await page(query, { time: 'measures.createdAt', id: 'measures.id' }, filter);
  const items = await dueRows(ctx, found.items);
  return { items: items.map((row) => ({ ...row, ...measureOf(ctx, row) })), next: found.next };
}

async function sealsOf(db: Kysely<DB>, measureId: string): Promise<MeasureView['seals']> {
  const rows = await db
    .selectFrom('seals')
    .selectAll()
    .where('measureId', '=', measureId)
    .orderBy('number')
    .execute();
  return rows.map(({ number, place, state, appliedAt, remark }) => ({
    number,
    place,
    state,
    appliedAt: formatInstant(appliedAt),
    remark,
  }));
}

const requestsOf = (db: Kysely<DB>, id: string) =>
  db
    .selectFrom('approvals')
    .select(['id', 'matter', 'state', 'afterTheFact', 'proposedAt', 'dueAt', 'decidedAt', 'opinion'])
    .where('subjectKind', '=', 'measure')
    .where('subjectId', '=', id)
    .orderBy('proposedAt')
    .orderBy('id')
    .execute();

type Requests = readonly { matter: string; state: string }[];

/** The matters the head still has to decide on. */
const waitingOf = (requests: Requests): string[] =>
  requests.flatMap(({ matter, state }) => (state === 'proposed' ? [matter] : []));

/** The matters of a measure the head still has to decide on. */
export const waitingMatters = async (db: Kysely<DB>, id: string): Promise<string[]> =>
  waitingOf(await requestsOf(db, id));

/** Whether the head still has to decide on a matter of this measure. */
export const isWaiting = async (
  db: Kysely<DB>,
  id: string,
  matter: 'measure.impose' | 'measure.extend',
): Promise<boolean> => (await waitingMatters(db, id)).includes(matter);

/** How much the list holds, unit by unit; premises have neither. */
async function totalsOf(db: Kysely<DB>, measureId: string): Promise<MeasureView['totals']> {
  const rows = await db
    .selectFrom('goodsItems')
    .select((eb) => [
      'unit',
      eb.fn.countAll<number>().as('items'),
      eb.fn.sum<string | null>(eb.fn.coalesce('measureQuantity', 'quantity')).as('quantity'),
    ])
    .where('measureId', '=', measureId)
    .where('voidedAt', 'is', null)
    .groupBy('unit')
    .orderBy('unit')
    .execute();
  return rows.map(({ quantity, ...row }) => ({ ...row, quantity: quantity && normalise(quantity) }));
}

type Known = { endsOn: Day | null; matters: readonly string[]; toReturn: number };

function actionsOf(ctx: Reader, row: Row, { endsOn, matters, toReturn }: Known): AllowedAction[] {
  const { state, isUrgent, extendedOn } = row;
  const step = (
    action: 'add_items' | 'extend' | 'seal' | 'execute' | 'execute_urgent' | 'lift' | 'return_items',
    rule?: () => void,
  ) => ({
    action,
    permission: `measure.${action}`,
    check: () => {
      if (action === 'execute' || action === 'execute_urgent') requireWay({ state, isUrgent }, action);
      next(MEASURE_FLOW, state, action);
      rule?.();
    },
  });
  return allowedActions(ctx, [
    step('add_items'),
    step('execute'),
    step('execute_urgent'),
    step('extend', () =>
      requireExtendable({ extendedOn, endsOn }, dayOf(ctx.now), matters.includes('measure.extend')),
    ),
    step('seal'),
    step('lift', () => requireLiftable({ matters, holding: row.holding })),
    step('return_items', () => requireToReturn(toReturn)),
    ...recordActions(row, matters.includes('measure.impose')),
  ]);
}

/** When the time of a measure's case ends, or of the first of the cases of its source; null while none runs. */
async function caseEndOf(
  db: Kysely<DB>,
  { caseId, sourceId }: { caseId: string | null; sourceId: string | null },
): Promise<Day | null> {
  const row = await db
    .selectFrom('clocks')
    .innerJoin('cases', 'cases.id', 'clocks.subjectId')
    .select((eb) => eb.fn.min('clocks.rawOn').as('endsOn'))
    .where('clocks.subjectKind', '=', 'case')
    .where('clocks.ruleId', '=', 'P04')
    .where('clocks.state', 'in', ['running', 'paused'])
    .where((eb) => (caseId ? eb('cases.id', '=', caseId) : eb('cases.sourceId', '=', sourceId)))
    .executeTakeFirstOrThrow();
  return row.endsOn;
}

const named = (ctx: Reader) =>
  visible(ctx)
    .select([decisionNumber.as('number'), peopleOf('measures.officerIds').as('officers')])
    .select(originColumns('measures'))
    .select(assigneeColumns('measures'));

/** A measure with its papers, clocks, seals, and what is wrong with it. 404. */
export async function getMeasure(ctx: Reader, id: string): Promise<MeasureView> {
  const row = await named(ctx).where('measures.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  const item = measureOf(ctx, row);
  const requests = await requestsOf(ctx.db, id);
  const imposed = requests.find((request) => request.id === row.approvalId) ?? null;
  const papers = await papersOf(ctx.db, row, imposed);
  const caseEndsOn = await caseEndOf(ctx.db, row);
  const toReturn = await toReturnOf(ctx.db, id);
  const alarms = alarmsOf(ctx, { row: item, papers, approval: imposed, caseEndsOn, toReturn });
  const missing = papers.filter((paper) => paper.documentId === null);
  return {
    ...row,
    ...item,
    periodDays: row.periodDays,
    endedAt: iso(row.endedAt),
    voidedAt: iso(row.voidedAt),
    seals: await sealsOf(ctx.db, id),
    clocks: await clocksOf(ctx.db, [{ kind: 'measure', id }], ctx.now),
    totals: await totalsOf(ctx.db, id),
    approvals: requests.map((request) => ({
      ...request,
      proposedAt: formatInstant(request.proposedAt),
      dueAt: iso(request.dueAt),
      decidedAt: iso(request.decidedAt),
    })),
    liftings: await liftingsOf(ctx, id),
    returns: await returnsOf(ctx.db, id),
    toReturn,
    laboratoryReports: await laboratoryReportsOf(ctx, row.sourceId),
    papers,
    missing: missing.map(({ form, kind, article }) => ({ form, kind, article })),
    lawful: row.executedAt !== null && imposed?.state === 'approved' && missing.length === 0,
    mustRelease: item.expired,
    alarms,
    allowedActions: actionsOf(ctx, row, { endsOn: item.endsOn, matters: waitingOf(requests), toReturn }),
  };
}
