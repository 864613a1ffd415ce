import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { assigneeColumns, matterColumns, nameOfParty, originColumns, partyVia } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { text } from '../../i18n/index.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { askedOf, type ClockedList, dueRows, nextClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import {
  INSPECTION_FLOW,
  remindersFor,
  requireOperationUnderWay,
  requireUnused,
  requireWholeRecord,
  type Scene,
} from './rules.ts';
import type {
  InspectionListItem,
  InspectionQuery,
  InspectionView,
  OperationState,
  PersonView,
} from './schemas.ts';
import type { InspectionRow } from './store.ts';

type Db = Kysely<DB>;

const PARTY = partyVia('inspections', { own: true });
const OPERATION_TITLE = sql<
  string | null
>`(select o.title from operations o where o.id = inspections.operation_id)`;

/** An instant as the API writes it. */
export const iso = (instant: Date | null): string | null =>
  instant === null ? null : formatInstant(instant);

/** Who is on the scene, in the order they were named. */
export async function peopleOn(db: Db, inspectionId: string): Promise<PersonView[]> {
  return db
    .selectFrom('inspectionPeople')
    .select(['side', 'userId', 'name', 'credential', 'organisation', 'role'])
    .where('inspectionId', '=', inspectionId)
    .orderBy('lineNo')
    .execute();
}

/** The bureau's officers on the scene. */
export async function officerIdsOf(db: Db, inspectionId: string): Promise<string[]> {
  const people = await peopleOn(db, inspectionId);
  return people.flatMap(({ userId }) => (userId === null ? [] : [userId]));
}

/** The state of the joint operation an inspection belongs to; null where it belongs to none. */
export async function operationStateOf(db: Db, operationId: string | null): Promise<OperationState | null> {
  if (operationId === null) return null;
  const row = await db
    .selectFrom('operations')
    .select('state')
    .where('id', '=', operationId)
    .executeTakeFirstOrThrow();
  return row.state;
}

/** How many officers and witnesses there are, and whether a measure was carried out in the inspection. */
export async function sceneOf(db: Db, inspectionId: string): Promise<Scene> {
  const [people, measure] = await Promise.all([
    peopleOn(db, inspectionId),
    db
      .selectFrom('measures')
      .select('id')
      .where('inspectionId', '=', inspectionId)
      .where('executedAt', 'is not', null)
      .where('voidedAt', 'is', null)
      .executeTakeFirst(),
  ]);
  const count = (side: PersonView['side']): number => people.filter((person) => person.side === side).length;
  return { officers: count('bureau'), witnesses: count('witness'), hasMeasure: measure !== undefined };
}

async function actionsOf(ctx: Ctx | TxCtx, row: InspectionRow): Promise<AllowedAction[]> {
  const [scene, operation, uses] = await Promise.all([
    sceneOf(ctx.db, row.id),
    operationStateOf(ctx.db, row.operationId),
    usesOfInspection(ctx.db, row.id),
  ]);
  const step = (action: 'start' | 'record' | 'end', gate?: () => void) => ({
    action,
    permission: `inspection.${action}`,
    check: (): void => {
      requireLive(row);
      next(INSPECTION_FLOW, row.state, action);
      gate?.();
    },
  });
  return allowedActions(ctx, [
    step('start', () => requireOperationUnderWay(operation)),
    step('record'),
    // The closing answer comes with the end itself.
    step('end', () => requireWholeRecord({ ...row, closingAnswer: row.closingAnswer ?? '' }, scene)),
    ...['amend', 'assign', 'void'].map((action) => ({
      action,
      permission: `inspection.${action}`,
      check: (): void => {
        requireLive(row);
        if (action === 'void') requireUnused(uses, 'inspection.in_use');
      },
    })),
  ]);
}

/** What an inspection hangs on and who has it, by name. */
const namesOf = (db: Db, id: string) =>
  db
    .selectFrom('inspections')
    .select([nameOfParty(PARTY).as('partyName'), OPERATION_TITLE.as('operationTitle')])
    .select(assigneeColumns('inspections'))
    .select(originColumns('inspections'))
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

/** The measures and samples of an inspection. */
async function doneIn(db: Db, id: string): Promise<Pick<InspectionView, 'measures' | 'samples'>> {
  const [measures, samples] = await Promise.all([
    db
      .selectFrom('measures')
      .select(['id', 'kind', 'state', 'place as name'])
      .where('inspectionId', '=', id)
      .where('voidedAt', 'is', null)
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('samples')
      .select(['id', 'kind', 'state', 'productName as name'])
      .where('inspectionId', '=', id)
      .where('voidedAt', 'is', null)
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
  ]);
  return { measures, samples };
}

/** An inspection as a use case answers it: the fields of form #9, the people, what may be done now. */
export async function inspectionView(ctx: Ctx | TxCtx, row: InspectionRow): Promise<InspectionView> {
  const [people, actions, names, done] = await Promise.all([
    peopleOn(ctx.db, row.id),
    actionsOf(ctx, row),
    namesOf(ctx.db, row.id),
    doneIn(ctx.db, row.id),
  ]);
  const { partyNotified, partyPresent, idsShownAnswer, rightsToldAnswer, recusalAsked, findings } = row;
  const { measuresTold, partyStatement, closingAnswer, partyRefusedToSign, refusalNote, voidReason } = row;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    subjectMatter: row.subjectMatter,
    place: row.place,
    isDwelling: row.isDwelling,
    operationId: row.operationId,
    sourceId: row.sourceId,
    caseId: row.caseId,
    partyId: row.partyId,
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
    assignedUnitId: row.assignedUnitId,
    assignedUserIds: row.assignedUserIds,
    voidedAt: iso(row.voidedAt),
    version: row.version,
    partyNotified,
    partyPresent,
    idsShownAnswer,
    rightsToldAnswer,
    recusalAsked,
    findings,
    measuresTold,
    partyStatement,
    closingAnswer,
    partyRefusedToSign,
    refusalNote,
    voidReason,
    people,
    ...names,
    ...done,
    createdAt: formatInstant(row.createdAt),
    reminders: remindersFor(row).map(({ gate, article, code }) => ({
      gate,
      article,
      reason: text(ctx.locale, code),
    })),
    allowedActions: actions,
  };
}

/** One inspection of the actor's bureau; 404 otherwise. */
export async function getInspection(ctx: Ctx, id: string): Promise<InspectionView> {
  const row = await ctx.db
    .selectFrom('inspections')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return inspectionView(ctx, row);
}

const listed = (ctx: Ctx) =>
  ctx.db
    .selectFrom('inspections')
    .select([
      'inspections.id',
      'inspections.kind',
      'inspections.state',
      'inspections.subjectMatter',
      'inspections.place',
      'inspections.isDwelling',
      'inspections.operationId',
      'inspections.sourceId',
      'inspections.caseId',
      'inspections.startedAt',
      'inspections.endedAt',
      'inspections.assignedUnitId',
      'inspections.assignedUserIds',
      'inspections.createdAt',
      'inspections.version',
      PARTY.as('partyId'),
      nameOfParty(PARTY).as('partyName'),
      OPERATION_TITLE.as('operationTitle'),
      nextClock(ctx, 'inspection', 'inspections.id').as('clock'),
    ])
    .select(originColumns('inspections'))
    .select(matterColumns('inspection', 'inspections'))
    .where('inspections.bureauId', '=', ctx.actor.bureauId)
    .where('inspections.voidedAt', 'is', null);

const LIST: ClockedList = {
  kind: 'inspection',
  table: 'inspections',
  time: 'createdAt',
  texts: ['subjectMatter', 'place', nameOfParty(PARTY)],
  party: PARTY,
};

/** The bureau's inspections, newest first; void ones are left out. */
export async function listInspections(ctx: Ctx, filter: InspectionQuery): Promise<Page<InspectionListItem>> {
  const { kind, caseId, sourceId, operationId } = filter;
  let query = listed(ctx).where(askedOf(ctx, LIST, filter));
  if (kind) query = query.where('inspections.kind', 'in', kind);
  if (caseId) query = query.where('inspections.caseId', '=', caseId);
  if (sourceId) query = query.where('inspections.sourceId', '=', sourceId);
  if (operationId) query = query.where('inspections.operationId', '=', operationId);
  const { items, next } = await page(query, { time: 'inspections.createdAt', id: 'inspections.id' }, filter);
  const rows = items.map((row) => ({ ...row, startedAt: iso(row.startedAt), endedAt: iso(row.endedAt) }));
  return { items: await dueRows(ctx, rows), next };
}

/** How many live measures, samples and goods rest on an inspection. */
export async function usesOfInspection(db: Db, id: string): Promise<number> {
  const { uses } = await db
    .selectNoFrom((eb) => {
      const count = (table: 'measures' | 'samples' | 'goodsItems') =>
        eb
          .selectFrom(table as 'measures')
          .select((inner) => inner.fn.countAll<number>().as('n'))
          .where('inspectionId', '=', id)
          .where('voidedAt', 'is', null);
      return eb(eb(count('measures'), '+', count('samples')), '+', count('goodsItems')).as('uses');
    })
    .executeTakeFirstOrThrow();
  return Number(uses);
}

/** How many live inspections belong to a joint operation. */
export async function usesOfOperation(db: Db, id: string): Promise<number> {
  const { uses } = await db
    .selectFrom('inspections')
    .select((eb) => eb.fn.countAll<number>().as('uses'))
    .where('operationId', '=', id)
    .where('voidedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(uses);
}
