import { type Kysely, type Selectable, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { asked, matterColumns, nameOfParty, originColumns } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB, LaboratoryResults } from '../../db/schema.ts';
import { dayOf, formatInstant } from '../../shared/clock.ts';
import { normalise } from '../../shared/decimal.ts';
import { notFound } from '../../shared/errors.ts';
import { dueRows, type NextClock, nextClock } from '../deadlines/index.ts';
import { shortcomingViews } from '../sources/index.ts';
import { allowedSampleActions } from './allowed-actions.ts';
import type { LabelJudgment, ReportView } from './report-schemas.ts';
import { frozenMarks, marksOf } from './report-marks.ts';
import { isOverdue, RUNNING } from './rules.ts';
import type { SampleListItem, SampleQuery, SampleView } from './schemas.ts';

type Reader = Ctx | TxCtx;

/** The samples the actor may see: the bureau's own, or those sent to his laboratory. */
function visible(ctx: Reader) {
  const { bureauId, laboratoryId } = ctx.actor;
  const query = ctx.db
    .selectFrom('samples')
    .leftJoin('laboratories', 'laboratories.id', 'samples.laboratoryId')
    .selectAll('samples')
    .select([
      'laboratories.name as laboratoryName',
      'laboratories.cmaNumber',
      'laboratories.cnasNumber',
      'laboratories.validFrom',
      'laboratories.validTo',
    ]);
  return laboratoryId === null
    ? query.where('samples.bureauId', '=', bureauId)
    : query
        .where('samples.laboratoryId', '=', laboratoryId)
        .where('samples.state', 'not in', ['planned', 'collected'])
        .where('samples.voidedAt', 'is', null);
}

type Row = Awaited<ReturnType<ReturnType<typeof visible>['executeTakeFirstOrThrow']>>;

const iso = (instant: Date | null): string | null => instant && formatInstant(instant);
const plain = (value: string | null): string | null => (value === null ? null : normalise(value));

// The day form #30 asks the report for, while the laboratory has the sample; then whichever clock is open.
const formDay = (ctx: Reader) => sql<NextClock | null>`case
  when samples.state = any (${RUNNING}) and samples.due_on is not null then json_build_object(
    'ruleId', null, 'targetOn', samples.due_on, 'isOverdue', samples.due_on < ${dayOf(ctx.now)}::date)
  else ${nextClock(ctx, 'sample', 'samples.id')} end`;

const listed = (ctx: Ctx) =>
  visible(ctx)
    .clearSelect()
    .select([
      'samples.id',
      'samples.number',
      'samples.kind',
      'samples.state',
      'samples.productName',
      'samples.batchNo',
      'samples.sampledAt',
      'samples.sourceId',
      'samples.caseId',
      'samples.partyId',
      'samples.laboratoryId',
      'laboratories.name as laboratoryName',
      'samples.assignedUnitId',
      'samples.assignedUserIds',
      'samples.createdAt',
      'samples.version',
      nameOfParty(sql.ref('samples.partyId')).as('partyName'),
      formDay(ctx).as('clock'),
    ])
    .select(originColumns('samples'))
    .select(matterColumns('sample', 'samples'))
    .where('samples.voidedAt', 'is', null);

/** What a laboratory is not told of a line of its list. */
const HIDDEN_IN_LISTS = {
  sourceId: null,
  caseId: null,
  partyId: null,
  assignedUnitId: null,
  assignedUserIds: [],
  partyName: null,
  sourceNumber: null,
  caseNumber: null,
  unitName: null,
  assignees: [],
} as const;

const TEXTS = ['number', 'productName', 'batchNo'];

function filtered(ctx: Ctx, filter: SampleQuery) {
  const isLaboratory = ctx.actor.laboratoryId !== null;
  const { kind, sourceId, caseId, laboratoryId } = filter;
  const texts = isLaboratory ? TEXTS : [...TEXTS, nameOfParty(sql.ref('samples.partyId'))];
  let query = listed(ctx).where(asked(ctx, { table: 'samples', time: 'createdAt', texts }, filter));
  if (kind) query = query.where('samples.kind', 'in', kind);
  if (laboratoryId) query = query.where('samples.laboratoryId', '=', laboratoryId);
  if (sourceId) query = query.where('samples.sourceId', '=', sourceId);
  if (caseId) query = query.where('samples.caseId', '=', caseId);
  if (filter.overdue !== undefined) {
    const late = sql<boolean>`coalesce((${formDay(ctx)} ->> 'isOverdue')::boolean, false)`;
    query = query.where(late, '=', filter.overdue);
  }
  // What a laboratory is not told it may not find out by asking either.
  const asksHidden = [sourceId, caseId, filter.partyId, filter.unitId, filter.assignee].some(Boolean);
  return isLaboratory && asksHidden ? query.where(sql<boolean>`false`) : query;
}

/** Samples, newest first. */
export async function listSamples(ctx: Ctx, filter: SampleQuery): Promise<Page<SampleListItem>> {
  const found = await page(filtered(ctx, filter), { time: 'samples.createdAt', id: 'samples.id' }, filter);
  const rows = await dueRows(ctx, found.items);
  const items = rows.map((row) => ({
    ...row,
    sampledAt: formatInstant(row.sampledAt),
    overdue: row.urgency === 'overdue',
    ...(ctx.actor.laboratoryId === null ? {} : HIDDEN_IN_LISTS),
  }));
  return { items: items as SampleListItem[], next: found.next };
}

async function portionViews(db: Kysely<DB>, sampleId: string): Promise<SampleView['portions']> {
  const rows = await db
    .selectFrom('samplePortions')
    .selectAll()
    .where('sampleId', '=', sampleId)
    .orderBy('code')
    .execute();
  return rows.map((row) => ({ ...row, quantity: normalise(row.quantity) }));
}

async function custodyViews(db: Kysely<DB>, sampleId: string): Promise<SampleView['custody']> {
  const rows = await db
    .selectFrom('sampleCustody')
    .leftJoin('samplePortions', 'samplePortions.id', 'sampleCustody.portionId')
    .selectAll('sampleCustody')
    .select('samplePortions.code')
    .where('sampleCustody.sampleId', '=', sampleId)
    .orderBy('sampleCustody.at')
    .orderBy('sampleCustody.id')
    .execute();
  return rows.map((row) => ({
    at: formatInstant(row.at),
    portion: row.code,
    from: row.fromHolder,
    to: row.toHolder,
    sealIntact: row.sealIntact,
    condition: row.condition,
  }));
}

const resultView = (row: Selectable<LaboratoryResults>): ReportView['results'][number] => ({
  ...row,
  value: plain(row.value),
  lod: plain(row.lod),
  loq: plain(row.loq),
  uncertainty: plain(row.uncertainty),
  coverageFactor: plain(row.coverageFactor),
});

// A laboratory sees every version; the bureau what the laboratory put its three signatures to.
async function reportViews(ctx: Reader, sample: Row, sealsIntact: boolean): Promise<ReportView[]> {
  let query = ctx.db.selectFrom('laboratoryReports').selectAll().where('sampleId', '=', sample.id);
  if (ctx.actor.laboratoryId === null) query = query.where('state', 'in', ['reported', 'superseded']);
  const reports = await query.orderBy('reportVersion').execute();
  if (reports.length === 0) return [];
  const results = await ctx.db
    .selectFrom('laboratoryResults')
    .selectAll()
    .where(
      'reportId',
      'in',
      reports.map((report) => report.id),
    )
    .orderBy('lineNo')
    .execute();
  return reports.map((report) => {
    const own = results.filter((result) => result.reportId === report.id);
    const marks = frozenMarks(report) ?? marksOf(sample, { report, methods: own, sealsIntact });
    return {
      ...report,
      enteredAt: formatInstant(report.enteredAt),
      verifiedAt: iso(report.verifiedAt),
      reportedAt: iso(report.reportedAt),
      labelJudgment: report.labelJudgment as unknown as LabelJudgment | null,
      results: own.map(resultView),
      laboratory: marks.laboratory,
      shortcomings: shortcomingViews(ctx.locale, marks.shortcomings),
    };
  });
}

/** What a laboratory is not told: whose goods they are, in which case, who took them and what was paid. */
const HIDDEN_FROM_LABORATORIES = {
  sourceId: null,
  caseId: null,
  inspectionId: null,
  partyId: null,
  place: null,
  matter: null,
  process: null,
  paidFen: null,
  onlineRecord: null,
  officerIds: null,
  partyPresent: null,
  witnessName: null,
  remark: null,
} as const;

/** A sample with everything that hangs on it. 404. */
export async function getSample(ctx: Reader, id: string): Promise<SampleView> {
  const row = await visible(ctx).where('samples.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  const custody = await custodyViews(ctx.db, id);
  const reports = await reportViews(
    ctx,
    row,
    custody.every((line) => line.sealIntact),
  );
  return {
    ...row,
    sampledAt: formatInstant(row.sampledAt),
    overdue: isOverdue(row, dayOf(ctx.now)),
    baseQuantity: plain(row.baseQuantity),
    sampleQuantity: normalise(row.sampleQuantity),
    backupQuantity: plain(row.backupQuantity),
    receivedQuantity: plain(row.receivedQuantity),
    dispatchedAt: iso(row.dispatchedAt),
    receivedAt: iso(row.receivedAt),
    rejectedAt: iso(row.rejectedAt),
    takenBackAt: iso(row.takenBackAt),
    voidedAt: iso(row.voidedAt),
    portions: await portionViews(ctx.db, id),
    custody,
    reports,
    allowedActions: await allowedSampleActions(ctx, row),
    ...(ctx.actor.laboratoryId === null ? {} : HIDDEN_FROM_LABORATORIES),
  };
}
