import type { Day } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { barred } from '../cases/index.ts';
import type { FineInput } from './proposal-schemas.ts';

/** The notice as the gates look at it. */
export type Notice = {
  id: string;
  servedOn: Day | null;
  foodFineFen: number;
  hearingGrounds: readonly string[];
  snapshot: readonly { id: string; version: number }[];
};

/** What a decision after a notice depends on, loaded before the rules are asked. */
export type DecideFacts = {
  notice: Notice | undefined;
  /** The last day of P06 as a party's right; null where it does not run, or its calendar year is not loaded. */
  windowEndsOn: Day | null;
  isWaived: boolean;
  isHeard: boolean;
  /** Statements nobody has re-checked. */
  unchecked: number;
  legalGrounds: readonly string[];
  isDiscussed: boolean;
  /** Numbers of the reports it rests on that were taken back or replaced since. */
  lostReports: readonly string[];
  isCityLevel: boolean;
  /** The state of a transfer to the police that is not over. */
  transfer: string | null;
  violations: readonly { id: string; version: number }[];
  isWaiting: boolean;
  today: Day;
};

/** 409 K5 `penalty.no_notice` before a notice, `penalty.notice_not_served` before it reached the party. */
export function requireServed(
  notice: Notice | undefined,
  today: Day,
): asserts notice is Notice & { servedOn: Day } {
  if (!notice) throw barred('K5', 'penalty.no_notice');
  if (notice.servedOn === null || notice.servedOn > today)
    throw barred('K5', 'penalty.notice_not_served', { day: notice.servedOn ?? '—' });
}

/** Whether the party's time to answer is over: it passed, or the party said that it does without, or was heard. */
const isWindowOver = ({ windowEndsOn, isWaived, isHeard, today }: DecideFacts): boolean =>
  isWaived || isHeard || (windowEndsOn !== null && today > windowEndsOn);

const sameFacts = (notice: Notice, violations: DecideFacts['violations']): boolean =>
  notice.snapshot.length === violations.length &&
  notice.snapshot.every(({ id, version }) =>
    violations.some((one) => one.id === id && one.version === version),
  );

/** A fine of 300,000 yuan or more under the FSL, at a bureau below the city level (K9). */
export const needsCity = (
  { foodFineFen }: { foodFineFen: number },
  { isCityLevel, limitFen }: { isCityLevel: boolean; limitFen: number },
): boolean => !isCityLevel && foodFineFen >= limitFen;

function requireReports({ lostReports: [number] }: DecideFacts): void {
  if (number !== undefined) throw barred('K24', 'penalty.report_superseded', { number });
}

/**
 * What must have happened before a penalty is decided, or goes up to be: the notice served and its time over (K5),
 * every statement re-checked, the facts those of the notice, the reports it rests on still good (K24), no transfer to the police in between (K10), and the heads'
 * discussion where CXGD 60 asks for it (K8). 409, each naming its gate.
 */
export function requireReady(facts: DecideFacts): void {
  const { notice, today, unchecked, violations, transfer, legalGrounds, isHeard, isDiscussed } = facts;
  requireServed(notice, today);
  if (!isWindowOver(facts)) throw barred('K5', 'penalty.window_open', { day: facts.windowEndsOn ?? '—' });
  if (unchecked > 0) throw barred('K5', 'penalty.not_rechecked', { count: unchecked });
  if (!sameFacts(notice, violations)) throw barred('K5', 'penalty.facts_changed');
  requireReports(facts);
  if (transfer !== null) throw barred('K10', 'penalty.with_police');
  if ((legalGrounds.length > 0 || isHeard) && !isDiscussed) throw barred('K8', 'penalty.not_discussed');
  if (facts.isWaiting) throw conflict('penalty.decision_waiting');
}

/** 409 K9 `penalty.needs_city` where only the city level may decide. */
export function requireOwnPower(isCitys: boolean): void {
  if (isCitys) throw barred('K9', 'penalty.needs_city');
}

/** 409 K9 `penalty.own_power` where the bureau itself decides. */
export function requireCitysPower(isCitys: boolean): void {
  if (!isCitys) throw barred('K9', 'penalty.own_power');
}

/** 409 K5: the notice is served once; who is not reached by one way is served by another. */
export function requireNotServed(notice: Pick<Notice, 'servedOn'> | undefined): void {
  if (!notice) throw barred('K5', 'penalty.no_notice');
  if (notice.servedOn !== null) throw barred('K5', 'penalty.notice_served');
}

/** 409 K5 `penalty.window_open` before the party's time has passed: nothing lapses earlier. */
export function requireLapsed(facts: DecideFacts): void {
  requireServed(facts.notice, facts.today);
  if (facts.windowEndsOn === null || facts.today <= facts.windowEndsOn)
    throw barred('K5', 'penalty.window_open', { day: facts.windowEndsOn ?? '—' });
}

type Kept = { fineFen: number; gainsFen: number; fines: readonly FineInput[] };

/** A fine of a decision is that of the notice or lower (K6); what would be heavier is told again first. 422. */
export function checkNotHeavier(
  body: { fines?: readonly FineInput[] | undefined; gainsFen?: number | undefined },
  told: Kept,
): void {
  const heavier = (body.fines ?? []).findIndex(({ violationId, fineFen }) => {
    const before = told.fines.find((one) => one.violationId === violationId);
    return !before || fineFen > before.fineFen;
  });
  const code = 'penalty.heavier_than_told';
  const gate = { gate: 'K6', article: '《行政处罚法》第四十五条第二款' };
  if (heavier >= 0) throw unprocessable(code, gate, [{ field: `fines.${heavier}.fineFen`, code }]);
  if (body.gainsFen !== undefined && body.gainsFen > told.gainsFen)
    throw unprocessable(code, gate, [{ field: 'gainsFen', code }]);
}
