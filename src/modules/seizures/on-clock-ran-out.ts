import type { DomainEvent, TxCtx } from '../../context.ts';
import { next } from '../../shared/workflow.ts';
import type { ClockNote, ClockRanOut } from '../deadlines/index.ts';
import { release } from '../goods/index.ts';
import { MEASURE_FLOW } from './rules.ts';
import { findMeasure, moveMeasure, removeSeals } from './store.ts';

/**
 * A registered preservation whose seven working days have passed is lifted by that alone (CXGD 35, APL 56): what it
 * still holds is the party's again. A sealing or a seizure does not lift by itself: it must be released, and until it
 * is every view of it says so.
 */
export async function onClockRanOut(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { clocks } = event as ClockRanOut;
  for (const clock of clocks.filter(({ rule }) => rule === 'S03')) await lapse(tx, clock);
}

async function lapse(tx: TxCtx, { bureauId, subject, lastOn }: ClockNote): Promise<void> {
  // The system acts for the bureau whose clock it is.
  const own: TxCtx = { ...tx, ifMatch: null, actor: { ...tx.actor, bureauId } };
  const row = await findMeasure(own, subject.id);
  if (row?.kind !== 'preservation' || row.state !== 'in_force') return;
  const state = next(MEASURE_FLOW, row.state, 'lapse');
  await release(own, { measureId: row.id, lines: null, cause: 'measure.lapse', at: tx.now });
  await removeSeals(own, row.id);
  await moveMeasure(own, row, {
    action: 'measure.lapse',
    change: { state, endedAt: tx.now },
    detail: { lastOn },
  });
}
