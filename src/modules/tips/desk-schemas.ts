import { z } from 'zod';
import { Line, Narrative } from '../../shared/schemas.ts';

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

/** How a tip stands to another of the bureau, by its number: a pure repeat is linked, not handled again; of one
 * with new facts the limit of the first begins anew (art. 35(2)). */
export const LinkBody = z.strictObject({
  number: Line(40),
  relation: z.enum(['repeat', 'new_facts', 'related', 'different']),
  note: Narrative(500).optional(),
});

export type LinkInput = z.infer<typeof LinkBody>;

const ListEntry = z.object({ key: z.string(), name: z.string() });

/** GET /api/tips/lists: the choices of the forms, in the caller's language. */
export const ListsView = z.object({
  channels: z.array(ListEntry),
  systems: z.array(ListEntry),
  categories: z.array(ListEntry),
  refusalGrounds: z.object({
    article: z.string(),
    grounds: z.array(z.object({ no: z.number(), text: z.string() })),
  }),
});

export type ListsView = z.infer<typeof ListsView>;
