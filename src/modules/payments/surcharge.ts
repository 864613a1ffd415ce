import { addDays, type Day, daysBetween } from '../../shared/clock.ts';

/** A part of the fine and the last day to pay it. */
export type Due = { dueOn: Day; amountFen: number };
/** What came in of the fine itself. */
export type Paid = { paidOn: Day; amountFen: number };
/** 复议、诉讼期间: both ends in; open while it goes on. */
export type Stop = { fromOn: Day; toOn: Day | null };

export type SurchargeFacts = {
  fineFen: number;
  dues: readonly Due[];
  paid: readonly Paid[];
  stops: readonly Stop[];
  /** The last day that is counted. */
  asOf: Day;
};

/** Days in a row on which the same part of the fine was overdue. */
export type Run = { from: Day; to: Day; days: number; baseFen: number };

/** 加处罚款: stretch by stretch, the sum before the cap, and what is owed. */
export type Surcharge = { runs: Run[]; sumFen: number; fen: number; isCapped: boolean };

const PER_CENT = 3n;

const sumOf = (lines: readonly { amountFen: number }[]): number =>
  lines.reduce((sum, { amountFen }) => sum + amountFen, 0);

/** What of the fine was due before `day` and had not come in before it: the day of a late payment still counts. */
function overdueOn(day: Day, { dues, paid }: SurchargeFacts): number {
  const due = sumOf(dues.filter(({ dueOn }) => dueOn < day));
  return Math.max(0, due - sumOf(paid.filter(({ paidOn }) => paidOn < day)));
}

const isStopped = (day: Day, stops: readonly Stop[]): boolean =>
  stops.some(({ fromOn, toOn }) => fromOn <= day && (toOn === null || day <= toOn));

/** The days on which anything may change, in order; the last is the day after the count. */
function breaks({ dues, paid, stops, asOf }: SurchargeFacts): Day[] {
  const after = addDays(asOf, 1);
  const days = [
    ...dues.map(({ dueOn }) => addDays(dueOn, 1)),
    ...paid.map(({ paidOn }) => addDays(paidOn, 1)),
    ...stops.flatMap(({ fromOn, toOn }) => [fromOn, ...(toOn === null ? [] : [addDays(toOn, 1)])]),
  ];
  return [...new Set(days.filter((day) => day < after)), after].toSorted();
}

/**
 * 3 % a day of what of the fine is overdue, at most the fine itself (APL 72(1), CXGD 75), from the day after the last
 * day to pay to the day of payment; days under reconsideration or suit do not count (APL 73(3)). Exact: a part of a fen
 * that is left at the end is dropped.
 */
export function surchargeOf(facts: SurchargeFacts): Surcharge {
  const days = breaks(facts);
  const runs = days.slice(0, -1).flatMap((from, at): Run[] => {
    const [baseFen, after] = [overdueOn(from, facts), days[at + 1]!];
    if (baseFen === 0 || isStopped(from, facts.stops)) return [];
    return [{ from, to: addDays(after, -1), days: daysBetween(from, after), baseFen }];
  });
  const hundredths = runs.reduce(
    (sum, { days: n, baseFen }) => sum + BigInt(n) * BigInt(baseFen) * PER_CENT,
    0n,
  );
  const sum = hundredths / 100n;
  const isCapped = sum > BigInt(facts.fineFen);
  return { runs, sumFen: Number(sum), fen: isCapped ? facts.fineFen : Number(sum), isCapped };
}
