import { cmp } from '../../shared/decimal.ts';
import { type AppError, conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import { barred, notPassed } from '../cases/index.ts';
import type { Range } from './assess.ts';
import type { FineInput, OtherInput, PenaltyInput } from './proposal-schemas.ts';
import type { Tier } from './schemas.ts';

/** An act as a proposed fine is held against it. */
export type FinedAct = {
  actNo: number;
  ids: readonly string[];
  range: Range | null;
  band: Range | null;
  tier: Tier;
  /** The article fines outright, not only where an order is refused. */
  isOutright: boolean;
  /** Of the Food Safety Law or its regulation. */
  isFood: boolean;
  isTooOld: boolean;
};

const APL29 = '《行政处罚法》第二十九条';

type LineCheck = (line: FineInput, act: FinedAct & { range: Range }) => string | false;

/** By tier: what a fine may not be. */
const byTier: LineCheck = ({ fineFen }, { tier, range }) => {
  if (tier === 'exempt') return fineFen > 0 && 'penalty.exempt_fined';
  if (tier === 'reduced') return cmp(String(fineFen), range.min) >= 0 && 'penalty.not_reduced';
  return !isWithin(fineFen, range) && 'penalty.outside_range';
};

/** Inside of the range but outside of the band of its tier: with a reason. */
const byBand: LineCheck = ({ fineFen, reason }, { tier, band }) =>
  tier !== 'exempt' && reason === undefined && !isWithin(fineFen, band!) && 'penalty.outside_band';

const isWithin = (fineFen: number, { min, max }: Range): boolean =>
  cmp(String(fineFen), min) >= 0 && cmp(String(fineFen), max) <= 0;

function lineError(line: FineInput, act: FinedAct | undefined): string | null {
  if (!act) return 'penalty.unknown_violation';
  if (act.isTooOld) return 'penalty.limitation_over';
  const { range } = act;
  if (range === null) return 'penalty.no_range';
  const ranged = { ...act, range };
  return byTier(line, ranged) || byBand(line, ranged) || null;
}

const params = (act: FinedAct | undefined) => ({
  min: act?.range?.min ?? null,
  max: act?.range?.max ?? null,
});

/**
 * Each act is fined once at most (APL 29), inside the range of the article that fines it highest; below it only where
 * the tier is a reduced one, not at all where it is exempt; outside of its band with a reason. An article that fines
 * outright leaves no act without a fine. 422 `penalty.fines_wrong`, each line named.
 */
export function checkFines(lines: readonly FineInput[], acts: readonly FinedAct[]): void {
  const actOf = ({ violationId }: FineInput) => acts.find(({ ids }) => ids.includes(violationId));
  const errors: FieldError[] = lines.flatMap((line, i) => {
    const act = actOf(line);
    const code = lineError(line, act);
    return code === null ? [] : [{ field: `fines.${i}.fineFen`, code, params: params(act) }];
  });
  const numbers = lines.map((line) => actOf(line)?.actNo);
  numbers.forEach((actNo, i) => {
    if (actNo !== undefined && numbers.indexOf(actNo) !== i)
      errors.push({ field: `fines.${i}.violationId`, code: 'penalty.act_twice' });
  });
  const left = acts.filter(
    ({ actNo, isOutright, tier, range }) =>
      isOutright && range !== null && tier !== 'exempt' && !numbers.includes(actNo),
  );
  errors.push(
    ...left.map(({ actNo }) => ({ field: 'fines', code: 'penalty.fine_missing', params: { actNo } })),
  );
  if (errors.length > 0) throw unprocessable('penalty.fines_wrong', { article: APL29 }, errors);
}

/** What a penalty is held against besides its fines. */
export type PenaltyFacts = {
  /** 没收违法所得 as it was found; null without a finding. */
  forfeitFen: number | null;
  isGainsWaiting: boolean;
  needsListingConsent: boolean;
};

type Judged = { body: PenaltyInput; facts: PenaltyFacts; fine: number };

const missing = (field: string): FieldError[] => [{ field, code: 'field.required' }];

/** What a penalty is refused for, in the order in which an officer can do something about it. */
const REFUSALS: readonly ((judged: Judged) => AppError | false)[] = [
  ({ body }) =>
    body.orderToCorrect === undefined && notPassed('K29', 'penalty.order_needed', missing('orderToCorrect')),
  ({ body, fine }) =>
    body.afterCriminalFine &&
    fine > 0 &&
    notPassed('K26', 'penalty.fined_by_court', [{ field: 'fines', code: 'penalty.fined_by_court' }]),
  ({ body, facts }) =>
    body.isListed &&
    facts.needsListingConsent &&
    body.listingConsent === undefined &&
    notPassed('K11', 'penalty.listing_consent', missing('listingConsent')),
  ({ facts }) => facts.isGainsWaiting && conflict('gains.waiting', { gate: 'K25' }),
  ({ body, facts }) =>
    body.gainsFen !== (facts.forfeitFen ?? 0) &&
    unprocessable('penalty.gains_differ', { found: facts.forfeitFen ?? 0 }, [
      { field: 'gainsFen', code: 'penalty.gains_differ' },
    ]),
  ({ body }) =>
    body.goodsFen > 0 &&
    body.goodsText === undefined &&
    unprocessable('penalty.goods_text', {}, missing('goodsText')),
];

/** K29, K26, K11, and the gains as they were found. 422. */
export function checkPenalty(body: PenaltyInput, facts: PenaltyFacts): void {
  const fine = body.fines.reduce((sum, line) => sum + line.fineFen, 0);
  for (const refusal of REFUSALS) {
    const error = refusal({ body, facts, fine });
    if (error) throw error;
  }
  requireSomething(body, fine);
}

function requireSomething({ gainsFen, goodsText, others }: PenaltyInput, fine: number): void {
  if (fine === 0 && gainsFen === 0 && goodsText === undefined && others.length === 0)
    throw unprocessable('penalty.nothing', {}, [{ field: 'others', code: 'field.required' }]);
}

/** What a decision without a penalty needs: education, the agency it goes to, the transfer that was delivered. */
export function checkOther(body: OtherInput, { isTransferred }: { isTransferred: boolean }): void {
  const article = '《市场监督管理行政处罚程序规定》第六十条、第六十一条';
  const isUnpunished = body.kind === 'no_penalty';
  if (isUnpunished && body.education === undefined)
    throw unprocessable('penalty.education_needed', { article }, [
      { field: 'education', code: 'field.required' },
    ]);
  if (body.kind === 'other_agency' && body.otherAgency === undefined)
    throw unprocessable('penalty.agency_needed', { article }, [
      { field: 'otherAgency', code: 'field.required' },
    ]);
  if (body.kind === 'judicial_organ' && !isTransferred) throw barred('K10', 'penalty.not_transferred');
}

const HEAVY: Record<string, string> = {
  stop_business: '责令停产停业',
  close: '责令关闭',
  ban: '限制从业',
  downgrade: '降低资质等级',
  revoke_licence: '吊销许可证件',
  revoke_business: '吊销营业执照',
};

/** What of a penalty the hearing thresholds look at. */
export type HearingFacts = {
  fineFen: number;
  gainsFen: number;
  goodsFen: number;
  kinds: readonly string[];
  limitFen: number;
};

/** Why the party must be told that it may ask for a hearing (K7); none where it need not. */
export function hearingGrounds({ fineFen, gainsFen, goodsFen, kinds, limitFen }: HearingFacts): string[] {
  return [
    ...(fineFen >= limitFen ? ['较大数额罚款'] : []),
    ...(gainsFen + goodsFen >= limitFen ? ['没收较大数额违法所得、较大价值非法财物'] : []),
    ...kinds.flatMap((kind) => HEAVY[kind] ?? []),
  ];
}

/** A penalty as K6 compares it with the one before. */
export type Weight = { fineFen: number; gainsFen: number; goodsFen: number; kinds: readonly string[] };

/** Whether `after` punishes harder than `before` in anything. */
export const isHeavier = (after: Weight, before: Weight): boolean =>
  after.fineFen > before.fineFen ||
  after.gainsFen > before.gainsFen ||
  after.goodsFen > before.goodsFen ||
  after.kinds.some((kind) => !before.kinds.includes(kind));

/** What a renewed notice says of itself. */
export type Renewal = { changed: readonly string[]; changeReason?: string | undefined };

/**
 * A renewed notice says what has changed and why; a heavier penalty needs changed facts or another basis, never only a
 * defence or a hearing (K6). 422 `penalty.change_needed`, `penalty.heavier`.
 */
export function checkRenewal({ changed, changeReason }: Renewal, heavier: boolean): void {
  if (changed.length === 0 || changeReason === undefined)
    throw notPassed('K5', 'penalty.change_needed', [{ field: 'changed', code: 'field.required' }]);
  if (heavier && !changed.includes('facts') && !changed.includes('basis'))
    throw notPassed('K6', 'penalty.heavier', [{ field: 'changed', code: 'penalty.heavier' }]);
}
