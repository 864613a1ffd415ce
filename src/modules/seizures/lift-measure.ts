import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { truncate } from '../../shared/text.ts';
import { next } from '../../shared/workflow.ts';
import { proposeApproval } from '../approvals/index.ts';
import { proposers } from '../cases/index.ts';
import { meetClock } from '../deadlines/index.ts';
import {
  balancesOf,
  checkReleasable,
  isHeld,
  type ItemRow,
  lockMeasureItems,
  release,
  type ReleaseLine,
} from '../goods/index.ts';
import { resolveParty } from '../parties/index.ts';
import {
  checkGround,
  endedRules,
  LIFT_ARTICLE,
  liftGround,
  namesOf,
  requireHeld,
  requireLiftable,
} from './lifting-rules.ts';
import { getMeasure, lastDayOf, waitingMatters } from './queries.ts';
import { MEASURE_FLOW } from './rules.ts';
import type { LiftInput } from './lifting-schemas.ts';
import type { MeasureView } from './schemas.ts';
import { lockMeasure, type MeasureRow, moveMeasure, removeSeals } from './store.ts';

/**
 * Asks the head to lift a measure, whole or in part, on one of the five grounds of the law (ACL 28, CXGD 36, 42; K21).
 * Nothing is let go before he agrees. 404, 412; 409 out of turn, `measure.lift_waiting`, `measure.approval_waiting`,
 * `measure.nothing_held`, `goods.negative_balance`; 422 `measure.period_runs`, `goods.not_listed`, `measure.not_held`, with
 * the fields `items.<n>.…`.
 */
export async function liftMeasure(ctx: Ctx, id: string, body: LiftInput): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    next(MEASURE_FLOW, row.state, 'lift');
    const items = await lockMeasureItems(tx, id);
    const held = await heldOf(tx, items);
    requireLiftable({ matters: await waitingMatters(tx.db, id), holding: held.length });
    const { ground, reasons } = body;
    checkGround(ground, { endsOn: await lastDayOf(tx.db, id), today: dayOf(tx.now) });
    const lines = body.items?.map(({ itemId, quantity }) => ({ itemId, quantity: quantity ?? null })) ?? null;
    await checkReleasable(tx, items, lines);
    if (lines) requireHeld(lines, held);
    const approvalId = await askHead(tx, row, `${namesOf(lines, items)}\n${groundText(ground)}\n${reasons}`);
    await keepRequest(tx, row, { approvalId, ground, reasons, lines });
    const detail = { approvalId, ground, items: lines?.length ?? null };
    await moveMeasure(tx, row, { action: 'measure.lift', change: {}, detail });
    return getMeasure(tx, id);
  });
}

const groundText = (key: LiftInput['ground']): string => {
  const { no, zh } = liftGround(key);
  return `${zh}（${LIFT_ARTICLE}第${'一二三四五'.charAt(no - 1)}项）。`;
};

async function heldOf(tx: TxCtx, items: readonly ItemRow[]): Promise<ItemRow[]> {
  const balances = await balancesOf(
    tx.db,
    items.map(({ id }) => id),
  );
  return items.filter((item) => isHeld(item, balances.get(item.id) ?? []));
}

const TITLE = 200;

async function askHead(tx: TxCtx, row: MeasureRow, grounds: string): Promise<string> {
  const { name } = await resolveParty(tx, { id: row.partyId });
  const { id } = await proposeApproval(tx, {
    matter: 'measure.lift',
    subject: { kind: 'measure', id: row.id },
    title: truncate(`解除对${name}的行政强制措施`, TITLE),
    grounds,
    proposedBy: proposers(tx, row.officerIds),
    decides: 'head',
  });
  return id;
}

type Request = {
  approvalId: string;
  ground: LiftInput['ground'];
  reasons: string;
  lines: ReleaseLine[] | null;
};

async function keepRequest(tx: TxCtx, row: MeasureRow, { lines, ...request }: Request): Promise<void> {
  await tx.db
    .insertInto('measureLiftings')
    .values({
      id: tx.newId(),
      bureauId: row.bureauId,
      measureId: row.id,
      ...request,
      lines: lines && JSON.stringify(lines),
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
}

type Decided = { approvalId: string; isApproved: boolean; at: Date };

/** The head's decision: agreed, what was asked for is the party's again from now on, and no clock runs on for it. */
export async function decideLifting(tx: TxCtx, row: MeasureRow, decided: Decided): Promise<void> {
  const { approvalId, isApproved, at } = decided;
  if (!isApproved) {
    await moveMeasure(tx, row, { action: 'measure.lift_refused', change: {}, detail: { approvalId } });
    return;
  }
  next(MEASURE_FLOW, row.state, 'lift');
  const request = await tx.db
    .updateTable('measureLiftings')
    .set({ liftedAt: at })
    .where('approvalId', '=', approvalId)
    .returning(['lines', 'ground'])
    .executeTakeFirstOrThrow();
  const lines = request.lines as unknown as ReleaseLine[] | null;
  const holds = await letGo(tx, row, { lines, at });
  const state = holds ? row.state : next(MEASURE_FLOW, row.state, 'lift_whole');
  await moveMeasure(tx, row, {
    action: 'measure.lifted',
    change: { state, ...(holds ? {} : { endedAt: at }) },
    detail: { approvalId, ground: request.ground, whole: !holds },
  });
}

/** Lets go what a measure holds, or some of it; whether it still holds something. */
async function letGo(
  tx: TxCtx,
  row: MeasureRow,
  { lines, at }: { lines: readonly ReleaseLine[] | null; at: Date },
): Promise<boolean> {
  const held = await release(tx, { measureId: row.id, lines, cause: 'measure.lift', at });
  const subject = { kind: 'measure', id: row.id };
  for (const rule of endedRules(held)) await meetClock(tx, { rule, subject, at });
  if (held.length === 0) await removeSeals(tx, row.id);
  return held.length > 0;
}
