import type { DomainEvent } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import type { Rule } from './rule-data.ts';

type Which = { clockId: string; bureauId: string; rule: string; subject: { kind: string; id: string } };

/** A clock was counted anew; `lastOn` is the last day that counts now, null while it is not known. */
export type ClockMoved = DomainEvent & Which & { type: 'clock.moved'; change: string; lastOn: Day | null };

/** A clock as those are told of it who must act. */
export type ClockNote = Which & {
  titleZh: string;
  titleEn: string;
  side: Rule['side'];
  nature: Rule['nature'];
  targetOn: Day | null;
  /** The last day that counts in law. */
  lastOn: Day | null;
  /** Of a seizure that ends inside the time of its case: that case, and the day the case aims at. */
  endsWithin: { caseId: string; targetOn: Day | null } | null;
};

/** Clocks that come near the day aimed at; `daysLeft` natural days, 0 on the day itself, fewer than 0 after it. */
export type ClockDueSoon = DomainEvent & {
  type: 'clock.due_soon';
  clocks: readonly (ClockNote & { daysLeft: number })[];
};

/** Clocks whose end has passed: a duty is late, a right has lapsed, a power is gone. */
export type ClockRanOut = DomainEvent & { type: 'clock.ran_out'; clocks: readonly ClockNote[] };

/** Periods that have run (a notice, a waiting time, a time of keeping or showing): what waited for them may follow. */
export type ClockElapsed = DomainEvent & { type: 'clock.elapsed'; clocks: readonly ClockNote[] };

/** Duties and powers of the bureau so long past their end that the head must know. */
export type ClockEscalated = DomainEvent & {
  type: 'clock.escalated';
  clocks: readonly (ClockNote & { daysOver: number })[];
};

/** The arrangement of the coming year is not loaded though its time has come; `clocks` of the bureau wait for it. */
export type CalendarAwaited = DomainEvent & {
  type: 'calendar.awaited';
  bureauId: string;
  year: number;
  clocks: number;
};
