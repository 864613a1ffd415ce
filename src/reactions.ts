import type { DomainEvent, TxCtx } from './context.ts';
import {
  onApprovalDecided as caseApprovalDecided,
  onApprovalWithdrawn as caseApprovalWithdrawn,
} from './modules/cases/index.ts';
import {
  onApprovalDecided as clockApprovalDecided,
  onRecordAssigned as clocksFollowAssignee,
} from './modules/deadlines/index.ts';
import { onInspectionEnded as goodsInspectionEnded } from './modules/goods/index.ts';
import {
  onApprovalDecided as peopleHearDecided,
  onApprovalProposed as peopleHearProposed,
  onApprovalWithdrawn as peopleHearWithdrawn,
  onCalendarAwaited as peopleHearAwaited,
  onClockDueSoon as peopleHearDueSoon,
  onClockEscalated as peopleHearEscalated,
  onClockRanOut as peopleHearRanOut,
  onRecordAssigned as peopleHearAssigned,
} from './modules/notifications/index.ts';
import {
  onApprovalDecided as paymentApprovalDecided,
  onApprovalWithdrawn as paymentApprovalWithdrawn,
} from './modules/payments/index.ts';
import {
  onApprovalDecided as penaltyApprovalDecided,
  onApprovalWithdrawn as penaltyApprovalWithdrawn,
  onClockMoved as penaltyClockMoved,
} from './modules/penalties/index.ts';
import {
  onApprovalDecided as transferApprovalDecided,
  onApprovalWithdrawn as transferApprovalWithdrawn,
} from './modules/referrals/index.ts';
import {
  onApprovalDecided as measureApprovalDecided,
  onApprovalWithdrawn as measureApprovalWithdrawn,
  onClockRanOut as measureClockRanOut,
  onDocumentServed as measureDocumentServed,
} from './modules/seizures/index.ts';
import {
  onApprovalDecided as sourceApprovalDecided,
  onApprovalWithdrawn as sourceApprovalWithdrawn,
} from './modules/sources/index.ts';
import {
  onSourceConcluded as tipSourceConcluded,
  onTraceLeft as tipTraceLeft,
} from './modules/tips/index.ts';

type Reaction = (tx: TxCtx, event: DomainEvent) => Promise<void>;

/** Which higher modules move when a lower one acts: event → functions, in the same transaction. */
const REACTIONS: Record<string, Reaction[]> = {
  'approval.decided': [
    sourceApprovalDecided,
    caseApprovalDecided,
    measureApprovalDecided,
    penaltyApprovalDecided,
    paymentApprovalDecided,
    transferApprovalDecided,
    clockApprovalDecided,
    peopleHearDecided,
  ],
  'approval.proposed': [peopleHearProposed],
  'approval.withdrawn': [
    sourceApprovalWithdrawn,
    caseApprovalWithdrawn,
    measureApprovalWithdrawn,
    penaltyApprovalWithdrawn,
    paymentApprovalWithdrawn,
    transferApprovalWithdrawn,
    peopleHearWithdrawn,
  ],
  'calendar.awaited': [peopleHearAwaited],
  'clock.due_soon': [peopleHearDueSoon],
  'clock.escalated': [peopleHearEscalated],
  'clock.moved': [penaltyClockMoved],
  'clock.ran_out': [measureClockRanOut, peopleHearRanOut],
  'document.served': [measureDocumentServed],
  'inspection.ended': [goodsInspectionEnded],
  'record.assigned': [clocksFollowAssignee, peopleHearAssigned],
  'source.concluded': [tipSourceConcluded],
  'trace.left': [tipTraceLeft],
};

/** Runs what hangs on `event`, one after the other: their writes share the transaction. */
export async function react(tx: TxCtx, event: DomainEvent): Promise<void> {
  for (const reaction of REACTIONS[event.type] ?? []) await reaction(tx, event);
}
