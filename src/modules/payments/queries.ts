import type { Ctx, TxCtx } from '../../context.ts';
import { text } from '../../i18n/index.ts';
import { mul } from '../../shared/decimal.ts';
import { notFound } from '../../shared/errors.ts';
import { moneyView, yuanText } from '../../shared/money.ts';
import type { CaseRow } from '../cases/index.ts';
import { standingDecision } from '../penalties/index.ts';
import { servicesOf } from '../services/index.ts';
import { type Account, accountOf, clocksOfAccount, courtFacts } from './account.ts';
import { actionsOf } from './actions.ts';
import { ARTICLES } from './rules.ts';
import type { PaymentsView } from './schemas.ts';
import { instalmentsOf } from './store.ts';

type Reader = Ctx | TxCtx;

const fen = (amount: number) => moneyView(String(amount));
const dueView = ({ dueOn, amountFen }: { dueOn: string; amountFen: number }) => ({
  dueOn,
  amount: fen(amountFen),
});

/** 3 % of a base, so many days, as exact yuan. */
const exactYuan = (baseFen: number, days: number): string =>
  yuanText(mul(String(baseFen), mul('0.03', String(days))));

/** Whether a remission waits for the head. */
export async function isRemissionWaiting({ db }: Reader, caseId: string): Promise<boolean> {
  const found = await db
    .selectFrom('approvals')
    .select('id')
    .where('subjectKind', '=', 'case')
    .where('subjectId', '=', caseId)
    .where('matter', '=', 'surcharge.remit')
    .where('state', '=', 'proposed')
    .executeTakeFirst();
  return found !== undefined;
}

function surchargeView(
  { surcharge, decision, today, sums }: Account,
  locale: 'zh' | 'en',
): PaymentsView['surcharge'] {
  const { runs, sumFen, isCapped } = surcharge;
  const yuan = (amount: number): string => yuanText(String(amount));
  const steps = runs.map(({ from, to, days, baseFen }) =>
    text(locale, 'surcharge.step_run', {
      from,
      to,
      days,
      base: yuan(baseFen),
      amount: exactYuan(baseFen, days),
    }),
  );
  const cap = isCapped
    ? [text(locale, 'surcharge.step_cap', { sum: yuan(sumFen), fine: yuan(decision.fineFen) })]
    : [];
  const remitted = decision.surchargeRemittedFen;
  const left =
    remitted > 0
      ? [
          text(locale, 'surcharge.step_remitted', {
            remitted: yuan(remitted),
            owed: yuan(sums.surcharge.owed),
          }),
        ]
      : [];
  return {
    asOf: today,
    article: ARTICLES.surcharge,
    runs: runs.map(({ baseFen, ...run }) => ({
      ...run,
      base: fen(baseFen),
      amount: moneyView(mul(String(baseFen), mul('0.03', String(run.days)))),
    })),
    sum: fen(sumFen),
    isCapped,
    remitted: fen(remitted),
    arithmetic: [...steps, ...cap, ...left],
  };
}

/** The whole view of an account. */
function accountView(account: Account, locale: 'zh' | 'en') {
  const { decision, sums, payments, plans, stops, applications } = account;
  return {
    decision: { id: decision.id, number: decision.number, payBy: decision.payBy },
    dues: account.dues.map(dueView),
    sums: (['fine', 'gains', 'surcharge'] as const).map((purpose) => ({
      purpose,
      owed: fen(sums[purpose].owed),
      paid: fen(sums[purpose].paid),
      open: fen(sums[purpose].open),
    })),
    surcharge: surchargeView(account, locale),
    payments: payments.map(({ amountFen, ...row }) => ({ ...row, amount: fen(amountFen) })),
    plans: plans.map((row) => ({ ...row, instalments: instalmentsOf(row).map(dueView) })),
    stops,
    applications: applications.map(({ surchargeFen, ...row }) => ({ ...row, surcharge: fen(surchargeFen) })),
  };
}

const NOTHING = {
  decision: null,
  dues: [],
  sums: [],
  surcharge: null,
  payments: [],
  plans: [],
  stops: [],
  demands: [],
  applications: [],
  clocks: [],
};

async function demandViews({ db }: Reader, { demands }: Account): Promise<PaymentsView['demands']> {
  const services = await servicesOf(
    db,
    demands.map(({ id }) => id),
  );
  return demands.map((row) => ({ ...row, services: services.get(row.id) ?? [] }));
}

/** What of a case is to be paid, what came in, and what may be done about it now. 404. */
export async function paymentsOf(ctx: Reader, caseId: string): Promise<PaymentsView> {
  const row = await ctx.db
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', caseId)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  const decision = await standingDecision(ctx.db, caseId);
  const base = { caseId, state: row.state };
  if (decision?.kind !== 'penalty' || decision.servedOn === null) {
    const facts = { account: null, court: null, isRemissionWaiting: false };
    return { ...base, ...NOTHING, allowedActions: actionsOf(ctx, row, facts) };
  }
  const account = await accountOf(ctx, decision);
  return { ...base, ...(await whole(ctx, row, account)) };
}

async function whole(
  ctx: Reader,
  row: CaseRow,
  account: Account,
): Promise<Omit<PaymentsView, 'caseId' | 'state'>> {
  const clocks = await clocksOfAccount(ctx, account);
  return {
    ...accountView(account, ctx.locale),
    demands: await demandViews(ctx, account),
    clocks,
    allowedActions: actionsOf(ctx, row, {
      account,
      court: courtFacts(account, clocks),
      isRemissionWaiting: await isRemissionWaiting(ctx, row.id),
    }),
  };
}
