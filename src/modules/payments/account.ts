import type { Ctx, TxCtx } from '../../context.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { clocksOf } from '../deadlines/index.ts';
import type { DecisionRow } from '../penalties/index.ts';
import type { CourtFacts, Sums } from './rules.ts';
import type { Purpose } from './schemas.ts';
import { instalmentsOf, type PlanRow, type Records, recordsOf } from './store.ts';
import { type Due, type Surcharge, surchargeOf } from './surcharge.ts';

/** How a decision stands: what is due when, what came in, what the delay costs until today. */
export type Account = Records & {
  decision: DecisionRow;
  standing: PlanRow | undefined;
  dues: Due[];
  surcharge: Surcharge;
  sums: Sums;
  today: Day;
};

/** The days on which the fine falls due: those of the plan, or the one of the decision. */
function duesOf({ fineFen, payBy }: DecisionRow, standing: PlanRow | undefined): Due[] {
  if (standing) return instalmentsOf(standing);
  return fineFen > 0 && payBy !== null ? [{ dueOn: payBy, amountFen: fineFen }] : [];
}

/** What is owed, what came in and what is open of each sum. */
function sumsOf(
  { fineFen, gainsFen, surchargeRemittedFen }: DecisionRow,
  surcharge: Surcharge,
  paid: Records['payments'],
): Sums {
  const one = (purpose: Purpose, owed: number) => {
    const sum = paid
      .filter((line) => line.purpose === purpose)
      .reduce((total, line) => total + line.amountFen, 0);
    return { owed, paid: sum, open: Math.max(0, owed - sum) };
  };
  return {
    fine: one('fine', fineFen),
    gains: one('gains', gainsFen),
    surcharge: one('surcharge', Math.max(0, surcharge.fen - surchargeRemittedFen)),
  };
}

/** The account of a decision as it stands now. */
export async function accountOf(ctx: Ctx | TxCtx, decision: DecisionRow): Promise<Account> {
  const records = await recordsOf(ctx.db, decision.id);
  const today = dayOf(ctx.now);
  const standing = records.plans.find(({ state }) => state === 'approved');
  const dues = duesOf(decision, standing);
  const valid = records.payments.filter(({ voidedAt }) => voidedAt === null);
  const surcharge = surchargeOf({
    fineFen: decision.fineFen,
    dues,
    paid: valid.filter(({ purpose }) => purpose === 'fine'),
    stops: records.stops,
    asOf: today,
  });
  return { ...records, decision, standing, dues, surcharge, sums: sumsOf(decision, surcharge, valid), today };
}

/** The last day to pay: of the plan, or of the decision. */
export const lastDueOf = ({ dues, decision }: Account): Day | null => dues.at(-1)?.dueOn ?? decision.payBy;

type Clocks = Awaited<ReturnType<typeof clocksOf>>;

/** The clocks of a decision and of the demands for it. */
export const clocksOfAccount = (ctx: Ctx | TxCtx, { decision, demands }: Account): Promise<Clocks> =>
  clocksOf(
    ctx.db,
    [{ kind: 'decision', id: decision.id }, ...demands.map(({ id }) => ({ kind: 'demand', id }))],
    ctx.now,
  );

const latest = (days: readonly (Day | null | undefined)[]): Day | null =>
  days.reduce<Day | null>((last, day) => (day && (last === null || day > last) ? day : last), null);

/** What an application to the court depends on, from the account and its clocks. */
export function courtFacts(account: Account, clocks: Clocks): CourtFacts {
  const { sums, demands, stops, applications, today } = account;
  const demand = demands.at(-1);
  const endOf = (rule: string, id: string): Day | null => {
    const clock = clocks.find(
      (one) => one.rule === rule && one.subject.id === id && one.state !== 'cancelled',
    );
    return clock?.rolledOn ?? clock?.rawOn ?? null;
  };
  const { id } = account.decision;
  return {
    sums,
    demand,
    remediesEndOn: latest([endOf('F05', id), endOf('F06', id)]),
    isStopped: stops.some(({ toOn }) => toOn === null),
    graceEndsOn: demand ? endOf('F03', demand.id) : null,
    applyBy: endOf('F04', id),
    isOpen: applications.some(({ state }) => state === 'applied' || state === 'accepted'),
    today,
  };
}
