import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { addMillis, dayOf, daysBetween, formatInstant } from '../../shared/clock.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { clocksOf, startClock } from '../deadlines/index.ts';
import { type Account, takeUnderMeasure } from '../goods/index.ts';
import { resolveParty } from '../parties/index.ts';
import { askHead, enterMeasure, measureOfficers } from './propose-measure.ts';
import { getMeasure } from './queries.ts';
import {
  ARTICLES,
  checkExecution,
  clockRules,
  endOf,
  MEASURE_FLOW,
  requireApprovedBy,
  requireWay,
} from './rules.ts';
import type { ExecuteInput, MeasureView, UrgentInput } from './schemas.ts';
import {
  insertSeals,
  lockMeasure,
  type MeasureRow,
  moveMeasure,
  officersOnScene,
  type Scene,
  scenesOf,
} from './store.ts';

const URGENT_MS = 24 * 3_600_000;

type Way = 'execute' | 'execute_urgent';

/** Carries an approved measure out. Errors as `carryOut`. */
export const executeMeasure = (ctx: Ctx, id: string, body: ExecuteInput): Promise<MeasureView> =>
  carryOutLocked(ctx, { id, way: 'execute' }, body);

/** Carries an urgent measure out and asks the head within 24 hours (ACL 19, S01). Errors as `carryOut`. */
export const executeUrgent = (ctx: Ctx, id: string, body: ExecuteInput): Promise<MeasureView> =>
  carryOutLocked(ctx, { id, way: 'execute_urgent' }, body);

/**
 * Proposes an urgent measure and carries it out on the spot, in one step; the head is asked by the end of 24 hours
 * (ACL 19, S01). Errors as `proposeMeasure` and `carryOut`.
 */
export async function imposeUrgently(
  ctx: Ctx,
  { execution, ...proposal }: UrgentInput,
): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await enterMeasure(tx, { ...proposal, isUrgent: true });
    await carryOut(tx, { row, way: 'execute_urgent' }, execution);
    return getMeasure(tx, row.id);
  });
}

async function carryOutLocked(
  ctx: Ctx,
  { id, way }: { id: string; way: Way },
  body: ExecuteInput,
): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    await carryOut(tx, { row, way }, body);
    return getMeasure(tx, id);
  });
}

/**
 * The carrying out on the scene (ACL 18): what it lists leaves the party's hands in the ledger, its clocks run from
 * that day, seals are entered. 404; 409 out of turn, `measure.not_approved`, `goods.not_at_scene`; 422 with gate
 * K17 or K20, `field.future`, `date.before_start`, `measure.after_inspection`, `measure.before_approval`.
 */
async function carryOut(
  tx: TxCtx,
  { row, way }: { row: MeasureRow; way: Way },
  body: ExecuteInput,
): Promise<void> {
  requireWay(row, way);
  const state = next(MEASURE_FLOW, row.state, way);
  const executedAt = body.executedAt ? pastInstant(body.executedAt, tx.now, 'executedAt') : tx.now;
  const scene = await sceneOf(tx, row, body);
  requireWithin(executedAt, scene);
  if (way === 'execute') requireApprovedBy(executedAt, await decidedAt(tx, row));
  const officerIds = await measureOfficers(tx, body.officerIds ?? row.officerIds, dayOf(executedAt));
  await checkScene(tx, row, { scene, officerIds, body });
  const taking = { measureId: row.id, to: keptAt(row, body), cause: `measure.${way}`, at: executedAt };
  const items = await takeUnderMeasure(tx, taking);
  const bases = items.map((item) => item.basis);
  const ends = await startClocks(tx, row.id, { bases, executedAt });
  await insertSeals(tx, row, body.seals, { from: executedAt, at: executedAt });
  const approvalId =
    way === 'execute' ? row.approvalId : await askAfterwards(tx, { ...row, officerIds }, executedAt);
  const done = { inspectionId: scene!.id, officerIds, ...ends };
  await moveMeasure(tx, row, {
    action: `measure.${way}`,
    change: { ...written(body), state, executedAt, approvalId, ...done },
    detail: { ...done, items: items.length, seals: body.seals.length },
  });
}

// In the course of the inspection: the on-site record must tell of it (ACL 18(7)).
function requireWithin(executedAt: Date, scene: Scene | undefined): void {
  if (scene?.startedAt) notBefore(executedAt, scene.startedAt, 'executedAt');
  if (!scene?.endedAt || executedAt <= scene.endedAt) return;
  const code = 'measure.after_inspection';
  const params = { gate: 'K17', article: ARTICLES.record, end: formatInstant(scene.endedAt) };
  throw unprocessable(code, params, [{ field: 'executedAt', code, params }]);
}

async function decidedAt(tx: TxCtx, { approvalId }: MeasureRow): Promise<Date | null> {
  const approval = await tx.db
    .selectFrom('approvals')
    .select('decidedAt')
    .where('id', '=', approvalId)
    .executeTakeFirst();
  return approval?.decidedAt ?? null;
}

async function sceneOf(
  tx: TxCtx,
  row: MeasureRow,
  { inspectionId }: ExecuteInput,
): Promise<Scene | undefined> {
  const id = inspectionId ?? row.inspectionId;
  if (id === null) return undefined;
  const [scene] = await scenesOf(tx, [id]);
  // An inspection of another matter is no scene of this measure.
  if (!scene || (scene.id !== row.inspectionId && scene.sourceId !== row.sourceId)) throw notFound();
  return scene;
}

type OnScene = { scene: Scene | undefined; officerIds: string[]; body: ExecuteInput };

async function checkScene(tx: TxCtx, row: MeasureRow, { scene, officerIds, body }: OnScene): Promise<void> {
  const onScene = scene ? await officersOnScene(tx, scene.id, officerIds) : [];
  const { items } = await tx.db
    .selectFrom('goodsItems')
    .select((eb) => eb.fn.countAll<number>().as('items'))
    .where('measureId', '=', row.id)
    .where('voidedAt', 'is', null)
    .executeTakeFirstOrThrow();
  checkExecution({
    kind: row.kind,
    inspectionStarted: scene !== undefined && scene.startedAt !== null,
    idsShown: scene !== undefined && scene.idsShownAnswer !== null,
    isDwelling: scene?.isDwelling ?? false,
    officersOnScene: onScene.length,
    partyPresent: body.partyPresent,
    witnessName: body.witnessName,
    rightsTold: body.rightsTold,
    isToldOnRecord: !scene?.endedAt || scene.measuresTold !== null,
    keepingPlace: body.keepingPlace,
    dwellingHandover: body.dwellingHandover,
    seals: body.seals.length,
    items,
  });
}

function keptAt({ kind }: MeasureRow, { keeper }: ExecuteInput): Account {
  if (kind === 'sealing') return { place: 'site', title: 'held' };
  return { place: keeper ? 'keeper' : 'store', title: 'held' };
}

const written = (body: ExecuteInput) => ({
  partyPresent: body.partyPresent,
  witnessName: body.witnessName ?? null,
  rightsTold: body.rightsTold,
  keepingPlace: body.keepingPlace ?? null,
  keepingConditions: body.keepingConditions,
  keeper: body.keeper ?? null,
  dwellingHandover: body.dwellingHandover ?? null,
});

type Started = { bases: (string | null)[]; executedAt: Date };

async function startClocks(tx: TxCtx, id: string, { bases, executedAt }: Started) {
  const subject = { kind: 'measure', id };
  const on = dayOf(executedAt);
  for (const rule of clockRules(bases))
    await startClock(tx, { rule, subject, trigger: 'measure.execute', on });
  const endsOn = endOf((await clocksOf(tx.db, [subject])).map((clock) => clock.rawOn));
  return { endsOn, periodDays: endsOn === null ? null : daysBetween(on, endsOn) };
}

async function askAfterwards(tx: TxCtx, row: MeasureRow, executedAt: Date): Promise<string> {
  const subject = { kind: 'measure', id: row.id };
  await startClock(tx, {
    rule: 'S01',
    subject,
    trigger: 'measure.execute_urgent',
    on: dayOf(executedAt),
    at: executedAt,
  });
  const { name } = await resolveParty(tx, { id: row.partyId });
  return (await askHead(tx, row, { partyName: name, dueAt: addMillis(executedAt, URGENT_MS) })).id;
}
