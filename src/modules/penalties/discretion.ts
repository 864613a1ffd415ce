import data from '../../data/discretion.json' with { type: 'json' };
import { cmp, type Decimal, isDecimal } from '../../shared/decimal.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import { FINES } from '../fines/index.ts';
import type { Bands } from './assess.ts';
import type { Tier } from './schemas.ts';

/** A ground of the bureau's discretion table. */
export type Factor = {
  key: string;
  tiers: readonly string[];
  zh: string;
  en: string;
  citation: string;
  /** The law says "shall", not "may". */
  must: boolean;
};

/** The table of grounds, in its order. */
export const FACTORS: readonly Factor[] = data.factors;

export const TIER_NAMES: Record<Tier, { zh: string; en: string }> = data.tiers;

/** Where the bands of a range lie, and by which rule. */
export const BANDS_CITATION = data.bands.citation;

/** The bureau's own shares (`discretionLighterTo`, `discretionHeavierFrom`), else those of the table. */
export function bandsOf(settings: unknown): Bands {
  const own = (settings ?? {}) as Record<string, unknown>;
  const pick = (key: string, fallback: Decimal): Decimal => {
    const set = own[key];
    return typeof set === 'string' && isDecimal(set, { integerDigits: 1 }) ? set : fallback;
  };
  const lighterTo = pick('discretionLighterTo', data.bands.lighterTo);
  const heavierFrom = pick('discretionHeavierFrom', data.bands.heavierFrom);
  return cmp(lighterTo, heavierFrom) <= 0 ? { lighterTo, heavierFrom } : data.bands;
}

type Judged = {
  discretion: Tier;
  factors: readonly string[];
  discretionReason?: string | null | undefined;
  serious: readonly string[];
  seriousReason?: string | null | undefined;
  fslr67: boolean;
};

const unknown = (keys: readonly string[], known: readonly { key: string }[], field: string): FieldError[] =>
  keys
    .filter((key) => !known.some((one) => one.key === key))
    .map(() => ({ field, code: 'field.choice', params: { values: known.map(({ key }) => key) } }));

/**
 * A tier other than the normal one stands on a ground of the table that allows it, with the reason why it is given
 * (CXGD 48(6)); circumstances of FSLR 67 only where the article is one it speaks of. 422 `violation.discretion`.
 */
export function checkDiscretion(judged: Judged): void {
  const { discretion, factors, serious, fslr67 } = judged;
  const errors = [
    ...unknown(factors, FACTORS, 'factors'),
    ...unknown(serious, FINES.serious.circumstances, 'serious'),
  ];
  const fits = FACTORS.some(({ key, tiers }) => factors.includes(key) && tiers.includes(discretion));
  if (discretion !== 'normal' && !fits) errors.push({ field: 'factors', code: 'violation.factor_needed' });
  if (discretion !== 'normal' && !judged.discretionReason)
    errors.push({ field: 'discretionReason', code: 'field.required' });
  if (serious.length > 0 && !judged.seriousReason)
    errors.push({ field: 'seriousReason', code: 'field.required' });
  if (serious.length > 0 && !fslr67) errors.push({ field: 'serious', code: 'violation.not_of_fslr67' });
  if (errors.length > 0) {
    throw unprocessable('violation.discretion', { article: DISCRETION_ARTICLE }, errors);
  }
}

const DISCRETION_ARTICLE =
  '《行政处罚法》第三十二条至第三十四条；《市场监督管理行政处罚程序规定》第四十八条第六项';
