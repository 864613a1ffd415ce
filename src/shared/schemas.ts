import { z } from 'zod';
import { isDay } from './clock.ts';
import { type DecimalLimits, isNegative, isZero, parseDecimal } from './decimal.ts';
import { AppError } from './errors.ts';
import { cleanLine, cleanText, lengthOf } from './text.ts';

// Tab and line ends are what people type; every other control character is a mistake or an attack.
const CONTROL = /(?![\t\n\r])\p{Cc}/u;

const clean = (tidy: (text: string) => string, max: number) =>
  z
    .string()
    .refine((text) => !CONTROL.test(text), { params: { code: 'field.control_characters' } })
    .overwrite(tidy)
    .min(1)
    .refine((text) => lengthOf(text) <= max, { params: { code: 'field.too_long', max } });

/** One line of text, NFC, trimmed, at least one character, at most `max` as a person counts them. */
export const Line = (max = 200) => clean(cleanLine, max);

/** Text of several lines, NFC, trimmed, at least one character, at most `max` as a person counts them. */
export const Narrative = (max = 20_000) => clean(cleanText, max);

// A year typed short is a slip of the pen: nothing we record is older.
const EARLIEST = '1900-01-01';

/** A real calendar day of 1900 or later, `YYYY-MM-DD`. */
export const DayText = z
  .string()
  .refine((text) => isDay(text) && text >= EARLIEST, { params: { code: 'field.day' } });

/** An instant with its offset, as ISO 8601 writes it. */
export const InstantText = z.iso.datetime({ offset: true });

type Problem = { code: string; value: string } & Record<string, unknown>;

/** What is wrong with a decimal; undefined when nothing is. */
function decimalProblem(text: string, limits: DecimalLimits, allowZero: boolean): Problem | undefined {
  try {
    const value = parseDecimal(text, limits);
    if (isNegative(value)) return { code: 'decimal.negative', value: text };
    return !allowZero && isZero(value) ? { code: 'decimal.not_positive', value: text } : undefined;
  } catch (error) {
    if (error instanceof AppError) return { ...error.params, code: error.code, value: text };
    throw error;
  }
}

const decimal = (limits: DecimalLimits, allowZero: boolean) =>
  z
    .string()
    .max(40)
    .superRefine((text, context) => {
      const params = decimalProblem(text, limits, allowZero);
      if (params) context.addIssue({ code: 'custom', params });
    });

/** An exact decimal above zero, as text: at most 18 digits before and 6 after the point. */
export const Quantity = decimal({}, false);

/** An exact decimal of zero or more, as text, with up to 12 places: what a laboratory measures. */
export const Measure = decimal({ integerDigits: 12, fractionDigits: 12 }, true);

/** Money in whole fen, not negative, at most a hundred thousand million yuan. */
export const FenAmount = z.int().min(0).max(10_000_000_000_000);

/** Money exact, in figures and in Chinese capitals. */
export const MoneyView = z.object({
  exactFen: z.string(),
  figures: z.string(),
  capitals: z.string().nullable(),
});

export type MoneyView = z.infer<typeof MoneyView>;

/** The route parameter of a thing. */
export const IdParams = z.strictObject({ id: z.uuid() });

/** A reason a person gives. */
export const Reason = Narrative(2000);

/** What may be done to a thing now, and where it may not: why, and by which gate and article. */
export const AllowedAction = z.object({
  action: z.string(),
  allowed: z.boolean(),
  code: z.string().optional(),
  reason: z.string().optional(),
  gate: z.string().optional(),
  article: z.string().optional(),
});

export type AllowedAction = z.infer<typeof AllowedAction>;
