import { z } from 'zod';

export const SearchedKind = z.enum([
  'tip',
  'party',
  'source',
  'case',
  'operation',
  'inspection',
  'sample',
  'measure',
  'goods',
  'transfer',
  'document',
]);
export type SearchedKind = z.infer<typeof SearchedKind>;

/** GET /api/search: part of a number, a name, a product, a code, a batch; the last three or more characters of a number. */
export const SearchQuery = z.strictObject({ q: z.string().trim().min(2).max(100) });

/** A thing that is found; of each kind the latest. */
export const Hit = z.object({
  kind: SearchedKind,
  id: z.uuid(),
  number: z.string().nullable(),
  title: z.string(),
  detail: z.string().nullable(),
  at: z.string(),
});
export type Hit = z.infer<typeof Hit>;
