import { type Ctx, type DomainEvent, inTx, type TxCtx } from '../../context.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { clocksOf, extendClock, meetClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import { getSource } from './queries.ts';
import { limitOf, nextState, OUTCOME_ACTION, pendingOf, SOURCE_FLOW } from './rules.ts';
import type { HandOverInput, SourceOutcome, SourceView } from './schemas.ts';
import { lockForAct, lockSource, pendingApprovals, type SourceRecord, updateSource } from './store.ts';

/** The verification of a source has ended: what hangs on it (the tip it came from) moves with it. */
export type SourceConcluded = {
  type: 'source.concluded';
  sourceId: string;
  tipId: string | null;
  outcome: SourceOutcome;
  on: Day;
};

/**
 * Ends the verification: R01 is met, whoever waits for the outcome is told. A second case from the same source
 * changes nothing more. 409 where the source is void or the flow does not lead there.
 */
export async function concludeSource(tx: TxCtx, id: string, outcome: SourceOutcome): Promise<void> {
  const source = await lockSource(tx, id);
  requireLive(source);
  if (source.state === outcome && outcome === 'case_opened') return;
  await conclude(tx, source, { outcome, action: 'source.conclude', detail: { outcome } });
}

type Conclusion = {
  outcome: SourceOutcome;
  action: string;
  detail: Record<string, unknown>;
  changes?: { handedTo: string };
};

async function conclude(
  tx: TxCtx,
  source: SourceRecord,
  { outcome, action, detail, changes }: Conclusion,
): Promise<void> {
  requireLive(source);
  const state = next(SOURCE_FLOW, source.state, OUTCOME_ACTION[outcome]);
  const subject = { kind: 'source', id: source.id };
  await updateSource(tx.db, source, { state, ...changes });
  await meetClock(tx, { rule: limitOf(source), subject });
  await audit(tx, { action, subject, detail });
  const event: SourceConcluded = {
    type: 'source.concluded',
    sourceId: source.id,
    tipId: source.tipId,
    outcome,
    on: dayOf(tx.now),
  };
  await tx.react(tx, event);
}

/** Hands the matter to the agency whose it is (FSL 115, CXGD 15–17). 422 `source.not_verified`. */
export async function handOverSource(
  ctx: Ctx,
  id: string,
  { agency, reasons }: HandOverInput,
): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    const approvals = await pendingApprovals(tx.db, id);
    const clocks = await clocksOf(tx.db, [{ kind: 'source', id }], tx.now);
    nextState(source, 'hand_over', pendingOf(approvals, clocks));
    await conclude(tx, source, {
      outcome: 'handed_over',
      action: 'source.hand_over',
      detail: { agency, reasons },
      changes: { handedTo: agency },
    });
    return getSource(tx, id);
  });
}

/** The head has decided on an extension or on not filing: the clock or the source follows. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, decision, approvalId } = event as ApprovalDecided;
  if (subject.kind !== 'source') return;
  const source = await lockSource(tx, subject.id);
  if (matter === 'source.extend' && decision === 'approved') {
    await extendClock(tx, { rule: limitOf(source), subject, reason: 'source.extend', approvalId });
    await audit(tx, { action: 'source.extended', subject, detail: { approvalId } });
  }
  if (matter === 'source.decline' && decision === 'approved') {
    await conclude(tx, source, { outcome: 'declined', action: 'source.declined', detail: { approvalId } });
  }
  if (matter === 'source.decline' && decision === 'refused') {
    await updateSource(tx.db, source, { declineGround: null });
    await audit(tx, { action: 'source.decline_refused', subject, detail: { approvalId } });
  }
}

/** Those who asked not to file have taken it back: the ground they gave is none any more. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind !== 'source' || matter !== 'source.decline') return;
  const source = await lockSource(tx, subject.id);
  await updateSource(tx.db, source, { declineGround: null });
  await audit(tx, { action: 'source.decline_withdrawn', subject, detail: { approvalId } });
}
