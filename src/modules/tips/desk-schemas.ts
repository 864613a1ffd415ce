import { z } from 'zod';

/** POST /api/tips/parse: the text of a hotline, a platform or a letter, as it was pasted. */
export const ParseTipBody = z.strictObject({ text: z.string().min(1).max(50_000) });

/**
 * A field read from a pasted text. `name` is its place in the body of POST /api/tips (`respondent.name`,
 * `outsideNumbers.0.number`), `from` and `to` where it stands in the text, in UTF-16 units. Of several with one name the
 * first is the likeliest.
 */
export const ParsedField = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  /** From 0 to 1: above 0.9 it stood behind its label and is well formed. */
  confidence: z.number(),
  from: z.number(),
  to: z.number(),
  /** What is odd about it, such as a code whose check figure is wrong. */
  warning: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export const ParsedTip = z.object({ fields: z.array(ParsedField) });

export type ParsedField = z.infer<typeof ParsedField>;
export type ParsedTip = z.infer<typeof ParsedTip>;
