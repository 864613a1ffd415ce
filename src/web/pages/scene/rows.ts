import type { BodyOf, Problem, RowOf } from '../../api/types.ts';

type Line = BodyOf<'/api/inspections/{id}/items'>['items'][number];

type Item = RowOf<'/api/inspections/{id}/items'>;

/** The fields of a line as they are typed; the price in yuan. */
export const FIELDS = [
  'name',
  'quantity',
  'unit',
  'spec',
  'batchNo',
  'madeOn',
  'price',
  'priceBasis',
  'category',
  'measured',
  'producer',
  'remark',
] as const;
export type FieldName = (typeof FIELDS)[number];

/** A line that is not saved yet, with what the server said of it. */
export type Row = Record<FieldName, string> & { key: string; errors?: Partial<Record<FieldName, string>> };

/** What a new line takes over: the same kind of goods mostly follow each other. */
const LASTING = ['category', 'measured', 'priceBasis', 'unit'] as const satisfies readonly FieldName[];

const START: Partial<Record<FieldName, string>> = {
  category: 'product',
  measured: 'counted',
  priceBasis: 'label',
};

const newKey = (): string => crypto.getRandomValues(new Uint32Array(3)).join('-');

const BLANK = Object.fromEntries(FIELDS.map((field) => [field, ''])) as Record<FieldName, string>;

/** A line to be filled in, after `last`. */
export const nextRow = (last?: Partial<Record<FieldName, string>>): Row => ({
  ...BLANK,
  ...START,
  ...(last
    ? Object.fromEntries(LASTING.flatMap((field) => (last[field] ? [[field, last[field]]] : [])))
    : {}),
  key: newKey(),
});

/** The same line once more. */
export const repeated = (row: Row): Row => ({ ...row, errors: {}, key: newKey() });

const yuanOf = (fen: number): string => `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** What was saved, as it was typed. */
export const rowOf = (item: Item): Row => ({
  ...nextRow(),
  ...Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = (item as unknown as Record<string, unknown>)[field];
      return typeof value === 'string' ? [[field, value]] : [];
    }),
  ),
  price: item.unitPriceFen === null ? '' : yuanOf(item.unitPriceFen),
});

/** Whether nothing has been typed into a line. */
export const isBlank = (row: Row): boolean => !row.name.trim() && !row.quantity.trim() && !row.price.trim();

/** Full-width digits and grouping commas are how people and sheets write numbers. */
const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[,\s]/g, '');

/** Yuan in whole fen; undefined where it cannot be read. */
export function fenOf(text: string): number | undefined {
  const [, whole, part = ''] = /^[¥￥]?(\d{1,13})(?:\.(\d{1,2}))?元?$/.exec(plain(text)) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

const said = (values: Record<string, string | number | undefined>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== '',
    ),
  );

/** A line as the API takes it; what was left empty is left out. */
export function lineOf(row: Row): Line {
  const isPremises = row.category === 'premises';
  const unitPriceFen = row.price.trim() === '' ? undefined : fenOf(row.price);
  return said({
    category: row.category,
    name: row.name.trim(),
    spec: row.spec.trim(),
    batchNo: row.batchNo.trim(),
    madeOn: row.madeOn.trim(),
    producer: row.producer.trim(),
    remark: row.remark.trim(),
    quantity: plain(row.quantity),
    unit: isPremises && row.quantity.trim() === '' ? undefined : row.unit.trim(),
    measured: isPremises ? undefined : row.measured,
    unitPriceFen,
    priceBasis: unitPriceFen === undefined ? undefined : row.priceBasis,
  }) as unknown as Line;
}

/** Whether something stands in the price that is no price: it would be lost without a word. */
export const hasOddPrice = (row: Row): boolean => row.price.trim() !== '' && fenOf(row.price) === undefined;

const NAMES: Record<string, FieldName> = { unitPriceFen: 'price' };

const fieldOf = (name: string): FieldName | undefined =>
  NAMES[name] ?? FIELDS.find((field) => field === name);

/** Puts what the server refused beside the lines; answers with what has no line. */
export function withErrors(rows: readonly Row[], problem: Problem): { rows: Row[]; problem: Problem } {
  const errors = problem.errors ?? [];
  const placed = errors.map(({ field, message }) => {
    const [, at, name = ''] = /^items\.(\d+)\.(\w+)$/.exec(field) ?? [];
    const known = fieldOf(name);
    return at === undefined || !known ? undefined : { at: Number(at), field: known, message };
  });
  return {
    rows: rows.map((row, at) => {
      const mine = placed.flatMap((error) =>
        error?.at === at ? [[error.field, error.message] as const] : [],
      );
      return mine.length > 0 ? { ...row, errors: Object.fromEntries(mine) } : row;
    }),
    problem: { ...problem, errors: errors.filter((_, at) => placed[at] === undefined) },
  };
}
