import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { addMillis, dayOf, daysBetween } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { clocksOf, startClock } from '../deadlines/index.ts';
import { type Account, takeUnderMeasure } from '../goods/index.ts';
import { resolveParty } from '../parties/index.ts';
import { askHead, measureOfficers } from './propose-measure.ts';
import { getMeasure } from './queries.ts';
import { checkExecution, clockRules, endOf, MEASURE_FLOW, requireWay } from './rules.ts';
import type { ExecuteInput, MeasureView } from './schemas.ts';
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
  carryOut(ctx, { id, way: 'execute' }, body);

/** Carries an urgent measure out and asks the head within 24 hours (ACL 19, S01). Errors as `carryOut`. */
export const executeUrgent = (ctx: Ctx, id: string, body: ExecuteInput): Promise<MeasureView> =>
  carryOut(ctx, { id, way: 'execute_urgent' }, body);

/**
 * The carrying out on the scene (ACL 18): what it lists leaves the party's hands in the ledger, its clocks run from
 * that day, seals are entered. 404, 412; 409 out of turn, `measure.not_approved`, `goods.not_at_scene`; 422 with gate
 * K17 or K20, `date.in_future`, `date.before_start`.
 */
async function carryOut(
  ctx: Ctx,
  { id, way }: { id: string; way: Way },
  body: ExecuteInput,
): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    requireWay(row, way);
    const state = next(MEASURE_FLOW, row.state, way);
    const executedAt = body.executedAt ? pastInstant(body.executedAt, tx.now, 'executedAt') : tx.now;
    const scene = await sceneOf(tx, row, body);
    if (scene?.startedAt) notBefore(executedAt, scene.startedAt, 'executedAt');
    const officerIds = await measureOfficers(tx, body.officerIds ?? row.officerIds, dayOf(executedAt));
    await checkScene(tx, row, { scene, officerIds, body });
    const items = await takeUnderMeasure(tx, {
      measureId: id,
      to: keptAt(row, body),
      cause: `measure.${way}`,
      at: executedAt,
    });
    const bases = items.map((item) => item.basis);
    const endsOn = await startClocks(tx, id, { bases, executedAt });
    await insertSeals(tx, row, body.seals, executedAt);
    const approvalId =
      way === 'execute' ? row.approvalId : await askAfterwards(tx, { ...row, officerIds }, executedAt);
    await moveMeasure(tx, row, {
      action: `measure.${way}`,
      change: {
        ...written(body),
        state,
        executedAt,
        officerIds,
        approvalId,
        inspectionId: scene!.id,
        ...endsOn,
      },
      detail: {
        inspectionId: scene!.id,
        officerIds,
        items: items.length,
        seals: body.seals.length,
        ...endsOn,
      },
    });
    return getMeasure(tx, id);
  });
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
    isDwelling: scene?.isDwelling ?? false,
    officersOnScene: onScene.length,
    partyPresent: body.partyPresent,
    witnessName: body.witnessName,
    rightsTold: body.rightsTold,
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
