import type { Day } from '../../shared/clock.ts';
import { add, cmp, type Decimal, mul, sub, sum } from '../../shared/decimal.ts';
import type { Fen } from '../../shared/money.ts';
import { type Fine, type FineVersion, fineRange, versionOn } from '../fines/index.ts';
import type { Tier } from './schemas.ts';

/** A range of money in fen, exact, both ends in. */
export type Range = { min: Decimal; max: Decimal };

/** What a fine may be counted from, in fen. */
export type Bases = { value: Decimal; income: Fen | null; gains: Fen | null };

/** The first step of a ladder that is a fine: what refusing to correct costs. */
const fineStep = ({ steps }: FineVersion) => steps.find(({ maxFen }) => maxFen !== null);

function gainsRange({ multipleMin, multipleMax, maxFen }: FineVersion, gains: Fen | null): Range {
  if (gains === null || gains === 0) return { min: '0', max: String(maxFen ?? 0) };
  return { min: mul(String(gains), multipleMin!), max: mul(String(gains), multipleMax!) };
}

/** The range of a version of a fine; null where it fixes none, or counts from an income that is not known. */
export function rangeOf(version: FineVersion, { value, income, gains }: Bases): Range | null {
  switch (version.basis) {
    case 'value': {
      const { min, max } = fineRange(version.tiers, value);
      return { min, max };
    }
    case 'flat':
      return { min: String(version.minFen), max: String(version.maxFen) };
    case 'steps': {
      const step = fineStep(version);
      return step ? { min: String(step.minFen ?? 0), max: String(step.maxFen) } : null;
    }
    case 'income':
      return income === null
        ? null
        : { min: mul(String(income), version.multipleMin!), max: mul(String(income), version.multipleMax!) };
    case 'gains':
      return gainsRange(version, gains);
    case 'none':
      return null;
  }
}

const heavier = (a: Range, b: Range): number => cmp(a.max, b.max) || cmp(a.min, b.min);

/** One law's answer: from when the version is, and its range. */
export type LawAt = { on: Day; version: FineVersion; range: Range | null };

const lawAt = (fine: Fine, on: Day, bases: Bases): LawAt | null => {
  const version = versionOn(fine, on);
  return version ? { on, version, range: rangeOf(version, bases) } : null;
};

/** Both laws and the one that applies. */
export type LawChoice = { atAct: LawAt | null; atDecision: LawAt | null; applied: 'act' | 'decision' };

/**
 * The law when the act ended and the law at the decision; the later one applies only where it is lighter (APL 37).
 * Where it is gone by then, that is shown, and the officer judges whether the act is still unlawful.
 */
export function lawChoice(fine: Fine, { actTo, today }: { actTo: Day; today: Day }, bases: Bases): LawChoice {
  const [atAct, atDecision] = [lawAt(fine, actTo, bases), lawAt(fine, today, bases)];
  const isLighter =
    atAct?.range && atDecision?.range ? heavier(atDecision.range, atAct.range) < 0 : atAct === null;
  return { atAct, atDecision, applied: isLighter ? 'decision' : 'act' };
}

/** The range that applies. */
export const appliedRange = ({ atAct, atDecision, applied }: LawChoice): Range | null =>
  (applied === 'act' ? atAct : atDecision)?.range ?? null;

/** How far into the range a lighter fine goes, and from where on it is heavier: shares of its width. */
export type Bands = { lighterTo: Decimal; heavierFrom: Decimal };

/** The part of a range a tier of discretion leaves; a reduced fine lies below it, an exempt act is not fined. */
export function bandOf({ min, max }: Range, tier: Tier, { lighterTo, heavierFrom }: Bands): Range {
  const at = (share: Decimal): Decimal => add(min, mul(sub(max, min), share));
  switch (tier) {
    case 'exempt':
      return { min: '0', max: '0' };
    case 'reduced':
      return { min: '0', max: min };
    case 'lighter':
      return { min, max: at(lighterTo) };
    case 'normal':
      return { min: at(lighterTo), max: at(heavierFrom) };
    case 'heavier':
      return { min: at(heavierFrom), max };
  }
}

/** A violation as an act needs it. */
export type Breach = { id: string; actNo: number; discretion: Tier; range: Range | null };

/** One act: the article that fines it highest, and what its discretion leaves of that range. */
export type Act = { actNo: number; ids: string[]; chosenId: string; range: Range | null; band: Range | null };

/** One act that breaks several norms is fined once, by the one that fines it highest (APL 29). */
export function actsOf(breaches: readonly Breach[], bands: Bands): Act[] {
  const byAct = Map.groupBy(breaches, ({ actNo }) => actNo);
  return [...byAct.entries()]
    .toSorted(([a], [b]) => a - b)
    .map(([actNo, ofAct]) => {
      const fined = ofAct.filter(({ range }) => range !== null);
      const chosen = fined.reduce<Breach>(
        (most, one) => (most.range === null || heavier(one.range!, most.range) > 0 ? one : most),
        fined[0] ?? ofAct[0]!,
      );
      const { range, discretion } = chosen;
      const band = range && bandOf(range, discretion, bands);
      return { actNo, ids: ofAct.map(({ id }) => id), chosenId: chosen.id, range, band };
    });
}

/** Several acts are fined one beside the other: the ranges add up. */
export const totalRange = (acts: readonly Act[], part: 'range' | 'band'): Range => ({
  min: sum(acts.map((act) => act[part]?.min ?? '0')),
  max: sum(acts.map((act) => act[part]?.max ?? '0')),
});

/** A cost the party wants taken off its receipts. */
export type Deduction = { kind: 'materials' | 'goods' | 'tax' | 'other'; amountFen: Fen; accepted: boolean };

export type GainsMethod = 'deducting' | 'whole' | 'partly' | 'not_calculable' | 'not_separate';

/** What the illegal gains are counted from. */
export type GainsInput = {
  method: GainsMethod;
  receiptsFen: Fen;
  refundedFen: Fen;
  deductions: readonly Deduction[];
};

/**
 * Illegal gains by Order 118: the receipts, less accepted costs of material or goods and proven taxes; what was paid
 * back counts among the gains but is not confiscated (art. 11). Never below zero. Whoever lent premises or conditions
 * gives up the whole income (art. 9); what cannot be counted is not counted (art. 13, 14).
 */
export function gainsOf({ method, receiptsFen, refundedFen, deductions }: GainsInput): {
  gainsFen: Fen;
  forfeitFen: Fen;
} {
  if (method === 'not_calculable' || method === 'not_separate') return { gainsFen: 0, forfeitFen: 0 };
  const accepted = deductions.filter((one) => one.accepted).reduce((total, one) => total + one.amountFen, 0);
  const gainsFen = method === 'whole' ? receiptsFen : Math.max(0, receiptsFen - accepted);
  return { gainsFen, forfeitFen: Math.max(0, gainsFen - refundedFen) };
}
