import { Big } from 'big.js';
import { badRequest } from './errors.ts';

/** An exact decimal as text: `-?\d+(\.\d+)?`, normalised where it comes from this file. */
export type Decimal = string;

/** How long a decimal may be: digits before and after the point that carry a value. */
export type DecimalLimits = { integerDigits?: number; fractionDigits?: number; nonNegative?: boolean };

const SHAPE = /^(-?)(\d+)(?:\.(\d+))?$/;
const INTEGER_DIGITS = 18;
const FRACTION_DIGITS = 6;

type Problem = { code: string; max?: number };

function problemOf(text: string, limits: DecimalLimits): Problem | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return { code: 'decimal.format' };
  const [, , whole = '', fraction = ''] = match;
  const integerDigits = limits.integerDigits ?? INTEGER_DIGITS;
  if (whole.replace(/^0+/, '').length > integerDigits) {
    return { code: 'decimal.integer_digits', max: integerDigits };
  }
  const fractionDigits = limits.fractionDigits ?? FRACTION_DIGITS;
  if (fraction.replace(/0+$/, '').length > fractionDigits) {
    return { code: 'decimal.fraction_digits', max: fractionDigits };
  }
  return limits.nonNegative === true && isNegative(text) ? { code: 'decimal.negative' } : undefined;
}

/** The operand as a Big; RangeError for text that never went through `parseDecimal`, which is a bug. */
function big(text: Decimal): Big {
  if (!SHAPE.test(text)) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
  return new Big(text);
}

function text(value: Big): Decimal {
  // Big keeps a negative zero and prints it.
  return value.eq(0) ? '0' : value.toFixed();
}

/** True when `parseDecimal` would take the text. */
export const isDecimal = (value: string, limits: DecimalLimits = {}): boolean =>
  problemOf(value, limits) === undefined;

/**
 * Text from outside as a normalised decimal. At most 18 digits before and 6 after the point unless `limits` says
 * otherwise. badRequest `decimal.format`, `decimal.integer_digits` or `decimal.fraction_digits` (with `max`),
 * `decimal.negative`.
 */
export function parseDecimal(value: string, limits: DecimalLimits = {}): Decimal {
  const problem = problemOf(value, limits);
  if (problem === undefined) return normalise(value);
  const { code, ...figures } = problem;
  throw badRequest(code, { value, ...figures });
}

/** One spelling per value: no leading or trailing zeros, no `-0`. */
export const normalise = (value: Decimal): Decimal => text(big(value));

/** a + b, exact. */
export const add = (a: Decimal, b: Decimal): Decimal => text(big(a).plus(big(b)));

/** a − b, exact. */
export const sub = (a: Decimal, b: Decimal): Decimal => text(big(a).minus(big(b)));

/** a × b, exact. */
export const mul = (a: Decimal, b: Decimal): Decimal => text(big(a).times(big(b)));

/** −1, 0 or 1 as a is less than, equal to or greater than b. */
export const cmp = (a: Decimal, b: Decimal): -1 | 0 | 1 => big(a).cmp(big(b));

/** The sum of a list; `0` for an empty one. */
export const sum = (list: readonly Decimal[]): Decimal =>
  text(list.reduce((total, value) => total.plus(big(value)), new Big(0)));

/** Below zero; `-0` is not. */
export const isNegative = (value: Decimal): boolean => big(value).lt(0);

/** Zero, however it is spelt. */
export const isZero = (value: Decimal): boolean => big(value).eq(0);

/** The nearest whole number, halves away from zero. */
export const roundToWhole = (value: Decimal): Decimal => text(big(value).round(0, Big.roundHalfUp));
