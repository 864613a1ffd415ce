import { z } from 'zod';
import { TipRow } from './schemas.ts';

/** GET /api/tips/alike: tips that may be the same matter as one of this respondent, product, order. */
export const AlikeQuery = z
  .strictObject({
    name: z.string().trim().min(2).max(200).optional(),
    partyId: z.uuid().optional(),
    productName: z.string().trim().min(1).max(200).optional(),
    orderNo: z.string().trim().min(4).max(100).optional(),
  })
  .refine(({ name, partyId, orderNo }) => [name, partyId, orderNo].some((word) => word !== undefined), {
    path: ['name'],
    params: { code: 'tip.alike_to_nothing' },
  });

/** `likeness`: from 0 to 1; `because`: what is alike. */
export const AlikeTip = TipRow.extend({
  likeness: z.number(),
  because: z.array(z.enum(['orderNo', 'respondent', 'product'])),
});

export type AlikeQuery = z.infer<typeof AlikeQuery>;
export type AlikeTip = z.infer<typeof AlikeTip>;
