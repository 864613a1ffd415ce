import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import { proposeApproval } from '../approvals/index.ts';
import { proposers } from '../cases/index.ts';
import { clocksOf, extendClock } from '../deadlines/index.ts';
import { resolveParty } from '../parties/index.ts';
import { getMeasure, isWaiting, lastDayOf } from './queries.ts';
import { endOf, MEASURE_FLOW, requireExtendable } from './rules.ts';
import type { ExtendInput, MeasureView } from './schemas.ts';
import { lockMeasure, type MeasureRow, moveMeasure } from './store.ts';

/**
 * Asks the head for the one extension the law allows (30 days; 45 where the basis is FSL 110), before the last day
 * ends (ACL 25, FSLR 61). 404, 412; 409 `measure.already_extended`, `measure.extend_too_late`,
 * `measure.extension_waiting`.
 */
export async function extendMeasure(ctx: Ctx, id: string, { reason }: ExtendInput): Promise<MeasureView> {
  return inTx(ctx, async (tx) => {
    const row = await lockMeasure(tx, id);
    checkVersion(tx, row);
    next(MEASURE_FLOW, row.state, 'extend');
    await requireRoom(tx, row, await isWaiting(tx.db, id, 'measure.extend'));
    const { name } = await resolveParty(tx, { id: row.partyId });
    const approval = await proposeApproval(tx, {
      matter: 'measure.extend',
      subject: { kind: 'measure', id },
      title: `延长对${name}的行政强制措施期限`,
      grounds: reason,
      proposedBy: proposers(tx, row.officerIds),
      decides: 'head',
    });
    const detail = { approvalId: approval.id, reason };
    await moveMeasure(tx, row, { action: 'measure.extend', change: {}, detail });
    return getMeasure(tx, id);
  });
}

async function requireRoom(tx: TxCtx, row: MeasureRow, waiting: boolean): Promise<void> {
  const endsOn = await lastDayOf(tx.db, row.id);
  requireExtendable({ extendedOn: row.extendedOn, endsOn }, dayOf(tx.now), waiting);
}

/** The head's decision on an extension: approved in time, each clock gets what its own law gives. */
export async function decideExtension(
  tx: TxCtx,
  row: MeasureRow,
  decided: { approvalId: string; isApproved: boolean },
) {
  const { approvalId, isApproved } = decided;
  if (!isApproved) {
    await moveMeasure(tx, row, { action: 'measure.extension_refused', change: {}, detail: { approvalId } });
    return;
  }
  next(MEASURE_FLOW, row.state, 'extend');
  await requireRoom(tx, row, false);
  const { grounds: reason } = await tx.db
    .selectFrom('approvals')
    .select('grounds')
    .where('id', '=', approvalId)
    .executeTakeFirstOrThrow();
  const subject = { kind: 'measure', id: row.id };
  const running = (await clocksOf(tx.db, [subject])).filter(
    ({ rule, state }) => rule.startsWith('S04') && state === 'running',
  );
  for (const { rule } of running) await extendClock(tx, { rule, subject, reason, approvalId });
  const endsOn = endOf(
    (await clocksOf(tx.db, [subject]))
      .filter(({ rule }) => rule.startsWith('S04'))
      .map((clock) => clock.rawOn),
  );
  const change = { endsOn, extendedOn: dayOf(tx.now), extensionReason: reason };
  await moveMeasure(tx, row, {
    action: 'measure.extension_approved',
    change,
    detail: { approvalId, endsOn },
  });
}
