import type { Ctx, TxCtx } from '../../context.ts';
import { text } from '../../i18n/index.ts';
import { dayOf } from '../../shared/clock.ts';
import { add, normalise } from '../../shared/decimal.ts';
import { moneyView, yuanText } from '../../shared/money.ts';
import { notFound } from '../../shared/errors.ts';
import { clocksOf } from '../deadlines/index.ts';
import { crimeChecks, FINES } from '../fines/index.ts';
import { caseSums } from '../goods/index.ts';
import { actionsOf } from './actions.ts';
import { totalRange } from './assess.ts';
import {
  type Assessed,
  actsFrom,
  actView,
  assess,
  type Facts,
  gateMarks,
  hearingOf,
  rangeView,
  violationView,
} from './assessment-view.ts';
import { BANDS_CITATION, bandsOf } from './discretion.ts';
import { GAINS_ARTICLES, isPerson } from './rules.ts';
import type { DeductionInput } from './schemas.ts';
import { gainsFinding, type GainsRow, type SaleRow, salesOf, violationsOf } from './store.ts';
import type { GainsView, PenaltyView, SaleView } from './view-schemas.ts';

type Reader = Ctx | TxCtx;

/** The case of the actor's bureau with what an assessment asks of its party, source and bureau. 404. */
async function trackedCase({ db, actor }: Reader, id: string) {
  const row = await db
    .selectFrom('cases')
    .innerJoin('bureaus', 'bureaus.id', 'cases.bureauId')
    .innerJoin('sources', 'sources.id', 'cases.sourceId')
    .leftJoin('parties as named', 'named.id', 'cases.partyId')
    .leftJoin('parties', (join) =>
      join.on((eb) => eb('parties.id', '=', eb.fn.coalesce('named.mergedInto', 'named.id'))),
    )
    .selectAll('cases')
    .select(['bureaus.settings', 'bureaus.areaCode', 'sources.foundOn'])
    .select(['parties.id as livePartyId', 'parties.name as partyName', 'parties.kind as partyKind'])
    .where('cases.id', '=', id)
    .where('cases.bureauId', '=', actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

export type TrackedCase = Awaited<ReturnType<typeof trackedCase>>;

const saleView = ({ amountFen, refundedFen, quantity, ...sale }: SaleRow): SaleView => ({
  ...sale,
  quantity: quantity && normalise(quantity),
  amount: moneyView(String(amountFen)),
  refunded: moneyView(String(refundedFen)),
});

function gainsView(row: GainsRow, locale: 'zh' | 'en'): GainsView {
  const deductions = row.deductions as unknown as DeductionInput[];
  const yuan = (fen: number): string => yuanText(String(fen));
  const accepted = deductions.filter((one) => one.accepted);
  const steps = [
    text(locale, 'gains.step_receipts', { amount: yuan(row.receiptsFen) }),
    ...accepted.map(({ kind, amountFen }) =>
      text(locale, 'gains.step_deduction', {
        kind: text(locale, `gains.kind.${kind}`),
        amount: yuan(amountFen),
      }),
    ),
    text(locale, 'gains.step_gains', { amount: yuan(row.gainsFen) }),
    text(locale, 'gains.step_forfeit', {
      gains: yuan(row.gainsFen),
      refunded: yuan(row.refundedFen),
      amount: yuan(row.forfeitFen),
    }),
  ];
  const isCounted = row.method !== 'not_calculable' && row.method !== 'not_separate';
  return {
    id: row.id,
    state: row.state === 'waiting' ? 'waiting' : 'standing',
    method: row.method,
    article: GAINS_ARTICLES[row.method],
    foundOn: row.foundOn,
    receipts: moneyView(String(row.receiptsFen)),
    deductions,
    proofDueOn: row.proofDueOn,
    gains: moneyView(String(row.gainsFen)),
    refunded: moneyView(String(row.refundedFen)),
    forfeit: moneyView(String(row.forfeitFen)),
    arithmetic: isCounted ? steps : [text(locale, `gains.method.${row.method}`)],
    reason: row.reason,
    approvalId: row.approvalId,
  };
}

/** The assessment of a case: its violations, acts and sums, as the rules of the penalty track need them. */
export async function assessment(ctx: Reader, row: TrackedCase) {
  const [violations, gains, sums] = [
    await violationsOf(ctx.db, row.id),
    await gainsFinding(ctx.db, row.id),
    await caseSums(ctx, row.id),
  ];
  const bands = bandsOf(row.settings);
  const standing = gains?.state === 'standing' ? gains : null;
  const facts: Facts = {
    sums,
    gainsFen: standing?.gainsFen ?? null,
    foundOn: row.foundOn,
    today: dayOf(ctx.now),
    bands,
    locale: ctx.locale,
  };
  const assessed = assess(violations, facts);
  const acts = actsFrom(assessed, bands);
  return { gains: gains ?? null, facts, assessed, acts, bands };
}

export type Assessment = Awaited<ReturnType<typeof assessment>>;

function marksOf(row: TrackedCase, { gains, facts, assessed, acts }: Assessment) {
  const { locale, sums } = facts;
  const hearing = hearingOf(row.settings);
  const person = isPerson(row.partyKind ?? 'company');
  // What is confiscated besides money is the goods still there.
  const forfeit = add(String(gains?.forfeitFen ?? 0), sums.unsold);
  const gates = gateMarks(assessed, acts, {
    total: totalRange(acts, 'band').max,
    forfeit,
    person,
    hearing,
    locale,
  });
  return [...gates, ...seriousMarks(assessed, locale), ...crimeMarks(sums, locale)];
}

const crimeMarks = ({ sold, unsold }: Facts['sums'], locale: 'zh' | 'en') =>
  crimeChecks(sold, unsold, locale).map(({ id, reached, title, article, arithmetic }) => ({
    id,
    reached,
    title,
    article,
    arithmetic,
  }));

/** FSLR 67 by the value of the goods, once, where an article it speaks of is among them. */
function seriousMarks(assessed: readonly Assessed[], locale: 'zh' | 'en') {
  const most = assessed.filter(({ fine }) => fine.fslr67).map(({ value }) => value);
  if (most.length === 0) return [];
  const value = most.reduce((a, b) => (Number(b) > Number(a) ? b : a));
  const { citation, valueFen } = FINES.serious;
  const reached = Number(value) >= valueFen;
  const arithmetic = `${yuanText(value)} ${reached ? '≥' : '<'} ${yuanText(String(valueFen))}`;
  return [
    { id: 'FSLR67', reached, title: text(locale, 'fine.serious_by_value'), article: citation, arithmetic },
  ];
}

/** What a case is punished for, how far, and what may be done about it now. 404. */
export async function penaltyTrack(ctx: Reader, caseId: string): Promise<PenaltyView> {
  const row = await trackedCase(ctx, caseId);
  const found = await assessment(ctx, row);
  const { gains, facts, assessed, acts, bands } = found;
  const { sums, locale } = facts;
  const sales = await salesOf(ctx.db, caseId);
  return {
    caseId,
    state: row.state,
    party:
      row.livePartyId === null ? null : { id: row.livePartyId, name: row.partyName!, kind: row.partyKind! },
    value: {
      unsold: moneyView(sums.unsold),
      sold: moneyView(sums.sold),
      total: moneyView(add(sums.unsold, sums.sold)),
      unpriced: sums.unpriced,
      article: FINES.value.citation,
    },
    sales: sales.map(saleView),
    gains: gains && gainsView(gains, locale),
    violations: assessed.map((one) => violationView(one, facts)),
    acts: acts.map((act) => actView(act, assessed)),
    total: { range: rangeView(totalRange(acts, 'range')), band: rangeView(totalRange(acts, 'band')) },
    bands: { ...bands, article: BANDS_CITATION },
    marks: marksOf(row, found),
    note: text(locale, 'penalty.note'),
    clocks: await clocksOf(ctx.db, [{ kind: 'case', id: caseId }], ctx.now),
    allowedActions: await actionsOf(ctx, row, found),
  };
}
