import { z } from 'zod';
import { DayText, Measure } from '../../shared/schemas.ts';

/** The route parameter: a fine as people write it, `FSL122`, `FSL122(2)`. */
export const FineParams = z.strictObject({ rule: z.string().max(20) });

/** An amount in yuan as text, at most 11 digits before and 6 after the point: compared as it is, never rounded. */
export const YuanText = Measure.refine((text) => /^\d{1,11}(\.\d{1,6})?$/.test(text), {
  params: { code: 'fine.bad_amount' },
});

/** GET /api/fines/:rule; `on` picks the version in force that day, the latest where it is left out. */
export const FineQuery = z.strictObject({ value: YuanText.optional(), on: DayText.optional() });

/** GET /api/crime-threshold */
export const ThresholdQuery = z.strictObject({ sold: YuanText, unsold: YuanText });

export const FineBasis = z.enum(['value', 'flat', 'steps', 'income', 'gains', 'none']);

/** One legal mark an amount does or does not reach, with the arithmetic. It decides nothing. */
export const Mark = z.object({
  id: z.string(),
  reached: z.boolean(),
  title: z.string(),
  article: z.string(),
  arithmetic: z.string(),
});

/** A fine in yuan; `min` and `max` are null, and `text` says why, where it is not counted from the value of goods. */
export const FineAnswer = z.object({
  rule: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  value: z.number().nullable(),
  basis: FineBasis,
  text: z.string().nullable(),
  article: z.string(),
  act: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  arithmetic: z.array(z.string()),
  steps: z.array(
    z.object({ when: z.string(), what: z.string(), min: z.number().nullable(), max: z.number().nullable() }),
  ),
  onlyIf: z.string().nullable(),
  confiscate: z.string().nullable(),
  also: z.string().nullable(),
  serious: z.string().nullable(),
  jointLiability: z.boolean(),
  note: z.string().nullable(),
  marks: z.array(Mark),
});

/** GET /api/fines: what a list of penalty articles needs. */
export const FineLine = z.object({
  rule: z.string(),
  article: z.string(),
  act: z.string(),
  basis: FineBasis,
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** Which filing standards the amounts reach, in yuan. */
export const ThresholdAnswer = z.object({
  reached: z.array(z.string()),
  sold: z.number(),
  unsold: z.number(),
  checks: z.array(Mark.extend({ amount: z.number(), threshold: z.number() })),
  /** Which step of CL 140 the sales stand on; 0 below the first. */
  step: z.number(),
  /** Amounts that weigh only where the crime is given otherwise. */
  circumstances: z.array(Mark.extend({ onlyIf: z.string() })),
  text: z.string(),
});

export type FineQuestion = { rule: string; value?: string | undefined; on?: string | undefined };
export type ThresholdQuestion = z.infer<typeof ThresholdQuery>;
export type FineAnswer = z.infer<typeof FineAnswer>;
export type FineLine = z.infer<typeof FineLine>;
export type ThresholdAnswer = z.infer<typeof ThresholdAnswer>;
export type Mark = z.infer<typeof Mark>;
