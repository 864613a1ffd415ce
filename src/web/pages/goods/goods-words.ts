import type { QueryOf, RowOf } from '../../api/types.ts';

type Query = QueryOf<'/api/goods'>;
type Item = RowOf<'/api/inspections/{id}/items'>;

/** The choices whose words are the screens' own; their values are the API's. */
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
] as const satisfies readonly Item['category'][];

export const MEASURED = ['counted', 'weighed', 'estimated'] as const satisfies readonly NonNullable<
  Item['measured']
>[];

export const PRICE_BASES = [
  'label',
  'market',
  'invoice',
  'valuation',
] as const satisfies readonly NonNullable<Item['priceBasis']>[];

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
] as const satisfies readonly NonNullable<Query['place']>[];

export const TITLES = ['party', 'held', 'forfeited', 'unclaimed'] as const satisfies readonly NonNullable<
  Query['title']
>[];
