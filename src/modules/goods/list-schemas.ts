import { z } from 'zod';
import { column, fieldsOf, listWords, several, timeColumns } from '../../db/list-schemas.ts';
import { Category, PLACES, TITLES } from './schemas.ts';

/** GET /api/goods; `place` and `title`: that some of it stands there; `q`: part of a name, a batch, a producer. */
export const GoodsFilter = z.strictObject({
  ...listWords,
  category: several(Category).optional(),
  place: z.enum(PLACES).optional(),
  title: z.enum(TITLES).optional(),
  inspectionId: z.uuid().optional(),
  /** Found in any inspection of this joint operation. */
  operationId: z.uuid().optional(),
  measureId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  partyId: z.uuid().optional(),
});

export const GOODS_COLUMNS = {
  name: column.name,
  category: column.choice(Category, 'word.goodsCategory'),
  spec: column.text,
  batchNo: column.text,
  producer: column.text,
  quantity: column.decimal,
  unit: column.text,
  unitPriceFen: column.fen,
  partyName: column.text,
  caseNumber: column.text,
  /** Where it was found. */
  scene: column.text,
  // Where the found quantity is now: the parts add up to it.
  atScene: column.decimal,
  sampled: column.decimal,
  preservedOrSeized: column.decimal,
  sealedInPlace: column.decimal,
  toReturn: column.decimal,
  takenByPolice: column.decimal,
  leftOnSite: column.decimal,
  disposed: column.decimal,
  ...timeColumns,
} as const;

/** An item in the list of the bureau's goods. */
export const GoodsRow = z.object({
  id: z.uuid(),
  inspectionId: z.uuid().nullable(),
  measureId: z.uuid().nullable(),
  caseId: z.uuid().nullable(),
  partyId: z.uuid().nullable(),
  ...fieldsOf(GOODS_COLUMNS),
  version: z.number(),
});

export type GoodsQuery = z.infer<typeof GoodsFilter>;
export type GoodsRow = z.infer<typeof GoodsRow>;
