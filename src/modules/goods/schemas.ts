import { z } from 'zod';
import {
  AllowedAction,
  FenAmount,
  Line,
  MoneyView,
  Narrative,
  Quantity,
  Reason,
} from '../../shared/schemas.ts';

/** What an item is: its category decides on which basis it may be sealed or seized (K19). */
export const CATEGORIES = [
  'product',
  'raw_material',
  'semi_finished',
  'packaging',
  'food_tool',
  'other_tool',
  'documents',
  'device',
  'premises',
  'daily_necessities',
  'other',
] as const;

/** Where a unit of goods is. */
export const PLACES = [
  'scene',
  'store',
  'keeper',
  'site',
  'laboratory',
  'police',
  'returned',
  'destroyed',
  'sold',
  'lost',
  'used_up',
] as const;

/** Whose it is while it is there. */
export const TITLES = ['party', 'held', 'forfeited', 'unclaimed'] as const;

export const Category = z.enum(CATEGORIES);
export const PriceBasis = z.enum(['label', 'market', 'invoice', 'valuation']);
const Measured = z.enum(['counted', 'weighed', 'estimated']);

/** A place and a title: one account of the custody ledger. */
export const Account = z.strictObject({ place: z.enum(PLACES), title: z.enum(TITLES) });

const NEEDED = ['unit', 'quantity', 'measured'] as const;

type LineShape = {
  category: string;
  unit?: unknown;
  quantity?: unknown;
  measured?: unknown;
  netContent?: unknown;
  netUnit?: unknown;
  unitPriceFen?: unknown;
  priceBasis?: unknown;
};

// Premises are items without quantity; everything else is counted, weighed or estimated, and says so.
function checkLine(line: LineShape, context: z.RefinementCtx): void {
  const complain = (field: string, code: string): void =>
    context.addIssue({ code: 'custom', path: [field], params: { code } });
  for (const field of NEEDED) {
    const given = line[field] !== undefined;
    if (line.category === 'premises' && given) complain(field, 'goods.premises_quantity');
    if (line.category !== 'premises' && !given) complain(field, 'field.required');
  }
  if ((line.netContent === undefined) !== (line.netUnit === undefined)) complain('netUnit', 'goods.net_unit');
  if ((line.unitPriceFen === undefined) !== (line.priceBasis === undefined)) {
    complain('priceBasis', 'goods.price_basis_needed');
  }
}

const fields = {
  name: Line(),
  spec: Line().optional(),
  netContent: Quantity.optional(),
  netUnit: Line(20).optional(),
  producer: Line().optional(),
  batchNo: Line(100).optional(),
  madeOn: Line(100).optional(),
  sealedBy: Line().optional(),
  remark: Narrative(1000).optional(),
};

/** One line of what an inspection found. Quantities are exact decimals as text. */
export const ItemLine = z
  .strictObject({
    category: Category,
    ...fields,
    unit: Line(20).optional(),
    quantity: Quantity.optional(),
    measured: Measured.optional(),
    unitPriceFen: FenAmount.optional(),
    priceBasis: PriceBasis.optional(),
    priceNote: Line(300).optional(),
  })
  .superRefine(checkLine);

/** POST /api/inspections/:id/items */
export const RecordItemsBody = z.strictObject({ items: z.array(ItemLine).min(1).max(500) });

/** What POST /api/goods/:id/amend may change, while no measure lists the item. */
export const ItemChanges = z.strictObject({
  name: fields.name.optional(),
  spec: Line().nullable().optional(),
  netContent: Quantity.nullable().optional(),
  netUnit: Line(20).nullable().optional(),
  producer: Line().nullable().optional(),
  batchNo: Line(100).nullable().optional(),
  madeOn: Line(100).nullable().optional(),
  sealedBy: Line().nullable().optional(),
  remark: Narrative(1000).nullable().optional(),
  quantity: Quantity.optional(),
  measured: Measured.optional(),
});

/** POST /api/goods/:id/price: fen for one unit of the item's own unit. */
export const PriceBody = z.strictObject({
  unitPriceFen: FenAmount,
  basis: PriceBasis,
  note: Line(300).optional(),
});

/** POST /api/goods/:id/corrections: an entry of the item's ledger, or a part of it, is taken back by a new one. */
export const CorrectionBody = z.strictObject({
  movementId: z.int().positive(),
  quantity: Quantity,
  reason: Reason,
});

const MoveLine = z.strictObject({ itemId: z.uuid(), quantity: Quantity });

/** POST /api/inspections/:id/items/taken-by-police and …/left-on-site */
export const MoveLinesBody = z.strictObject({
  items: z.array(MoveLine).min(1).max(500),
  note: Line(500).optional(),
});

/** GET …/items, …/goods */
export const GoodsPageQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** GET /api/cases/:id/value: `sold` is the amount sold, in fen, that the officers have established. */
export const ValueQuery = z.strictObject({
  soldFen: z.coerce.number().int().min(0).max(10_000_000_000_000).optional(),
  include: z
    .string()
    .max(200)
    .regex(/^[a-z_]+(,[a-z_]+)*$/)
    .optional(),
});

const BalanceView = z.object({ place: z.string(), title: z.string(), quantity: z.string() });

/** Where the found quantity is now: the parts add up to `found`. */
export const Whereabouts = z.object({
  found: z.string(),
  atScene: z.string(),
  sampled: z.string(),
  preservedOrSeized: z.string(),
  sealedInPlace: z.string(),
  toReturn: z.string(),
  takenByPolice: z.string(),
  leftOnSite: z.string(),
  disposed: z.string(),
});

/** An item with its price and its place. */
export const ItemView = z.object({
  id: z.uuid(),
  inspectionId: z.uuid().nullable(),
  measureId: z.uuid().nullable(),
  foundNo: z.number(),
  lineNo: z.number().nullable(),
  category: Category,
  name: z.string(),
  spec: z.string().nullable(),
  unit: z.string().nullable(),
  quantity: z.string().nullable(),
  measureQuantity: z.string().nullable(),
  measured: Measured.nullable(),
  netContent: z.string().nullable(),
  netUnit: z.string().nullable(),
  producer: z.string().nullable(),
  batchNo: z.string().nullable(),
  madeOn: z.string().nullable(),
  sealedBy: z.string().nullable(),
  basis: z.string().nullable(),
  /** Since when its measure holds nothing of it any more. */
  liftedAt: z.string().nullable(),
  unitPriceFen: z.number().nullable(),
  priceBasis: PriceBasis.nullable(),
  priceNote: z.string().nullable(),
  remark: z.string().nullable(),
  balances: z.array(BalanceView),
  whereabouts: Whereabouts.nullable(),
  /** How many photographs and other files hang on it. */
  files: z.number(),
  version: z.number(),
});

/** Items in their order; `next` is the `after` of the page that follows, null on the last. */
export const ItemList = z.object({ items: z.array(ItemView), next: z.number().nullable() });

/** A line of the ledger. */
export const MovementView = z.object({
  id: z.number(),
  at: z.string(),
  cause: z.string(),
  from: z.object({ place: z.string(), title: z.string() }).nullable(),
  to: z.object({ place: z.string(), title: z.string() }).nullable(),
  quantity: z.string(),
  /** How much of it a correction may still take back; null for nothing. */
  correctable: z.string().nullable(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  reason: z.string().nullable(),
  actorId: z.string(),
  actorName: z.string().nullable(),
});

/** One item with the scene it was found at, its measure, and what may be done with it. */
export const GoodsView = ItemView.extend({
  caseId: z.uuid().nullable(),
  scene: z.string().nullable(),
  measureKind: z.string().nullable(),
  measureState: z.string().nullable(),
  allowedActions: z.array(AllowedAction),
});

/** One flag: what is reached, by which arithmetic, under which article. It decides nothing. */
export const Flag = z.object({
  id: z.string(),
  kind: z.enum(['fine_range', 'gate', 'crime']),
  reached: z.boolean(),
  title: z.string(),
  citation: z.string(),
  arithmetic: z.string(),
  min: MoneyView.nullable(),
  max: MoneyView.nullable(),
});

/** The value of goods of a case, with the arithmetic. */
export const ValueView = z.object({
  caseId: z.uuid(),
  citation: z.string(),
  note: z.string(),
  items: z.array(
    z.object({
      itemId: z.uuid(),
      foundNo: z.number(),
      name: z.string(),
      category: Category,
      unit: z.string().nullable(),
      quantity: z.string().nullable(),
      unitPrice: z.string().nullable(),
      priceBasis: PriceBasis.nullable(),
      counted: z.boolean(),
      value: MoneyView.nullable(),
      arithmetic: z.string(),
    }),
  ),
  unpriced: z.number(),
  unsold: MoneyView,
  sold: MoneyView,
  total: MoneyView,
  flags: z.array(Flag),
});

export type Category = z.infer<typeof Category>;
export type Account = z.infer<typeof Account>;
export type ItemLine = z.infer<typeof ItemLine>;
export type RecordItemsInput = z.infer<typeof RecordItemsBody>;
export type PriceInput = z.infer<typeof PriceBody>;
export type CorrectionInput = z.infer<typeof CorrectionBody>;
export type MoveLinesInput = z.infer<typeof MoveLinesBody>;
export type GoodsPageQuery = z.infer<typeof GoodsPageQuery>;
export type ValueQuery = z.infer<typeof ValueQuery>;
export type ItemView = z.infer<typeof ItemView>;
export type GoodsView = z.infer<typeof GoodsView>;
export type ItemList = z.infer<typeof ItemList>;
export type MovementView = z.infer<typeof MovementView>;
export type Whereabouts = z.infer<typeof Whereabouts>;
export type ValueView = z.infer<typeof ValueView>;
export type Flag = z.infer<typeof Flag>;
