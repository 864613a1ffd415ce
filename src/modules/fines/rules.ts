import type { Decimal } from '../../shared/decimal.ts';
import { add, cmp, mul } from '../../shared/decimal.ts';
import type { Fen } from '../../shared/money.ts';

/** A tier of a fine: up to (and without) `belowFen` a fixed range, else multiples of the value. */
export type TierRule =
  { belowFen: Fen; minFen: Fen; maxFen: Fen } | { multipleMin: Decimal; multipleMax: Decimal };

/** The range of a fine, in fen, exact, and by which tier. */
export type FineRange<T extends TierRule = TierRule> = {
  band: 'below' | 'multiple';
  min: Decimal;
  max: Decimal;
  tier: T;
};

/**
 * The range for goods of `value` fen, which is compared as it is, never rounded: 不足一万元 is strictly less; exactly
 * 10,000 yuan takes the multiple (CXGD 84). RangeError where the tiers have no end.
 */
export function fineRange<T extends TierRule>(tiers: readonly T[], value: Decimal): FineRange<T> {
  for (const tier of tiers) {
    if ('multipleMin' in tier) {
      return {
        band: 'multiple',
        min: mul(value, tier.multipleMin),
        max: mul(value, tier.multipleMax),
        tier,
      };
    }
    if (cmp(value, String(tier.belowFen)) < 0) {
      return { band: 'below', min: String(tier.minFen), max: String(tier.maxFen), tier };
    }
  }
  throw new RangeError('the last tier of a fine has no end');
}

/** A criminal filing standard, in fen. */
export type CrimeRule = { soldFen: Fen; unsoldFen: Fen; combinedFen: Fen; soldFactor: Decimal };

/** The three sums of CL 140 and whether each is reached: sold S, unsold U, 3 S + U. */
export function crimeSums(rule: CrimeRule, sold: Decimal, unsold: Decimal) {
  const combined = add(mul(sold, rule.soldFactor), unsold);
  const line = (id: 'sold' | 'unsold' | 'combined', value: Decimal, threshold: Fen) => ({
    id,
    value,
    threshold: String(threshold),
    reached: cmp(value, String(threshold)) >= 0,
  });
  return [
    line('sold', sold, rule.soldFen),
    line('unsold', unsold, rule.unsoldFen),
    line('combined', combined, rule.combinedFen),
  ];
}

/** Which step of a ladder of thresholds an amount stands on: 0 below the first. */
export const stepOf = (thresholds: readonly Fen[], amount: Decimal): number =>
  thresholds.filter((threshold) => cmp(amount, String(threshold)) >= 0).length;
