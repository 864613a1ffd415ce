import type { DomainEvent, TxCtx } from '../../context.ts';
import { next } from '../../shared/workflow.ts';
import type { ApprovalDecided, ApprovalWithdrawn } from '../approvals/index.ts';
import { cancelClock, meetClock } from '../deadlines/index.ts';
import { release } from '../goods/index.ts';
import { decideExtension } from './extend-measure.ts';
import { decideLifting } from './lift-measure.ts';
import { MEASURE_FLOW } from './rules.ts';
import { lockMeasure, type MeasureRow, moveMeasure, removeSeals } from './store.ts';

/** Moves a measure when the head has decided on it; other subjects and matters are not the measures' affair. */
export async function onApprovalDecided(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId, decision, decidedAt } = event as ApprovalDecided;
  if (subject.kind !== 'measure') return;
  const row = await lockMeasure(tx, subject.id);
  const isApproved = decision === 'approved';
  if (matter === 'measure.extend') await decideExtension(tx, row, { approvalId, isApproved });
  if (matter === 'measure.lift') await decideLifting(tx, row, { approvalId, isApproved, at: decidedAt });
  if (matter === 'measure.impose') await decideMeasure(tx, row, { approvalId, isApproved, at: decidedAt });
}

/** A request taken back is a measure without approval: what waited is over, what was urgent is lifted. */
export async function onApprovalWithdrawn(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, matter, approvalId } = event as ApprovalWithdrawn;
  if (subject.kind !== 'measure' || matter !== 'measure.impose') return;
  const row = await lockMeasure(tx, subject.id);
  await decideMeasure(tx, row, { approvalId, isApproved: false, at: tx.now });
}

type Decided = { approvalId: string; isApproved: boolean; at: Date };

async function decideMeasure(
  tx: TxCtx,
  row: MeasureRow,
  { approvalId, isApproved, at }: Decided,
): Promise<void> {
  const state = next(MEASURE_FLOW, row.state, isApproved ? 'approve' : 'refuse');
  const isLifted = state === 'lifted';
  if (row.state === 'in_force')
    await meetClock(tx, { rule: 'S01', subject: { kind: 'measure', id: row.id }, at });
  if (isLifted) await lift(tx, row, at);
  await moveMeasure(tx, row, {
    action: isApproved ? 'measure.approve' : isLifted ? 'measure.lifted' : 'measure.refuse',
    change: { state, ...(isLifted || state === 'refused' ? { endedAt: at } : {}) },
    detail: { approvalId },
  });
}

/** The head does not agree: lifted at once, and everything is the party's again (ACL 19). */
async function lift(tx: TxCtx, row: MeasureRow, at: Date): Promise<void> {
  await release(tx, { measureId: row.id, lines: null, cause: 'measure.lift', at });
  await removeSeals(tx, row.id);
  const subject = { kind: 'measure', id: row.id };
  for (const rule of ['S04f', 'S04']) await cancelClock(tx, { rule, subject, reason: 'measure.lift' });
}
