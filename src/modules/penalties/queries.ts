import type { Ctx, TxCtx } from '../../context.ts';
import { text } from '../../i18n/index.ts';
import { addMonths, dayOf } from '../../shared/clock.ts';
import { add, normalise } from '../../shared/decimal.ts';
import { moneyView, yuanText } from '../../shared/money.ts';
import { clocksOf } from '../deadlines/index.ts';
import { crimeChecks, FINES } from '../fines/index.ts';
import { laboratoryReportsOf } from '../sources/index.ts';
import { actionsOf } from './actions.ts';
import { type Assessment, assessment, type TrackedCase, trackedCase } from './assessment.ts';
import { totalRange } from './assess.ts';
import {
  type Assessed,
  actView,
  type Facts,
  gateMarks,
  hearingOf,
  rangeView,
  violationView,
} from './assessment-view.ts';
import { BANDS_CITATION } from './discretion.ts';
import { GAINS_ARTICLES, isPerson } from './rules.ts';
import type { DeductionInput } from './schemas.ts';
import { type GainsRow, type SaleRow, salesOf } from './store.ts';
import { decideFacts } from './track-queries.ts';
import { trackView } from './track-view.ts';
import type { GainsView, PenaltyView, SaleView } from './view-schemas.ts';

type Reader = Ctx | TxCtx;

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

/** How many decisions punished the party in the year before today, in other cases of the bureau (FSL 134). */
async function earlierPenalties({ db, now, actor }: Reader, row: TrackedCase): Promise<number> {
  if (row.livePartyId === null) return 0;
  const { count } = await db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bureauId', '=', actor.bureauId)
    .where('partyId', '=', row.livePartyId)
    .where('id', '<>', row.id)
    .where('decisionKind', '=', 'penalty')
    .where('decidedOn', '>=', addMonths(dayOf(now), -12))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function valueView({ sums }: Facts): PenaltyView['value'] {
  return {
    unsold: moneyView(sums.unsold),
    sold: moneyView(sums.sold),
    total: moneyView(add(sums.unsold, sums.sold)),
    unpriced: sums.unpriced,
    article: FINES.value.citation,
  };
}

/** What a case is punished for, how far, what has come of it, and what may be done about it now. 404. */
export async function penaltyTrack(ctx: Reader, caseId: string): Promise<PenaltyView> {
  const row = await trackedCase(ctx, caseId);
  const found = await assessment(ctx, row);
  const { gains, facts, assessed, acts, bands } = found;
  const decide = await decideFacts(ctx, row);
  const track = await trackView(ctx, row);
  const subjects = [
    { kind: 'case', id: caseId },
    ...track.proposals.map(({ id }) => ({ kind: 'penalty_proposal', id })),
    ...track.decisions.map(({ id }) => ({ kind: 'decision', id })),
  ];
  return {
    caseId,
    state: row.state,
    party:
      row.livePartyId === null ? null : { id: row.livePartyId, name: row.partyName!, kind: row.partyKind! },
    value: valueView(facts),
    sales: (await salesOf(ctx.db, caseId)).map(saleView),
    gains: gains && gainsView(gains, facts.locale),
    violations: assessed.map((one) => violationView(one, facts)),
    acts: acts.map((act) => actView(act, assessed)),
    total: { range: rangeView(totalRange(acts, 'range')), band: rangeView(totalRange(acts, 'band')) },
    bands: { ...bands, article: BANDS_CITATION },
    marks: marksOf(row, found),
    earlierPenalties: await earlierPenalties(ctx, row),
    note: text(facts.locale, 'penalty.note'),
    laboratoryReports: await laboratoryReportsOf(ctx, row.sourceId),
    ...track,
    clocks: await clocksOf(ctx.db, subjects, ctx.now),
    allowedActions: actionsOf(ctx, row, { found, decide, track }),
  };
}
