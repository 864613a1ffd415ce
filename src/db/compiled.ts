import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { DB } from './schema.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a statement is given: under each name a row of values, or a list of rows. */
type Parts = Readonly<Record<string, Row | readonly Row[]>>;

/** Stands in the place of a value while a statement is built. */
type Mark = { readonly placeOf: number };

/** Far more than the product's own: a list makes a shape for each of its lengths. */
const MOST_SHAPES = 100;

const isRows = (part: Row | readonly Row[]): part is readonly Row[] => Array.isArray(part);

const isMark = (value: unknown): value is Mark =>
  typeof value === 'object' && value !== null && 'placeOf' in value;

/** What tells statements of one kind apart, which columns and how many rows there are, and the values in order. */
function unfold(parts: Parts): { shape: string; values: unknown[] } {
  const values: unknown[] = [];
  let shape = '';
  for (const [name, part] of Object.entries(parts)) {
    shape += `${name}:`;
    for (const row of isRows(part) ? part : [part]) {
      for (const [column, value] of Object.entries(row)) {
        if (value === undefined) continue;
        values.push(value);
        shape += `${column},`;
      }
      shape += ';';
    }
  }
  return { shape, values };
}

/** The same parts with a mark in the place of each value. */
function marked<P extends Parts>(parts: P): P {
  let place = 0;
  const mark = (row: Row): Record<string, Mark> => {
    const columns = Object.keys(row).filter((column) => row[column] !== undefined);
    return Object.fromEntries(columns.map((column) => [column, { placeOf: place++ }]));
  };
  const entries = Object.entries(parts).map(([name, part]) => [
    name,
    isRows(part) ? part.map(mark) : mark(part),
  ]);
  return Object.fromEntries(entries) as P;
}

/**
 * A statement that is built and compiled once for each set of columns, which costs more than to send it: for what
 * many requests send. `build` must not look at a value, only hand it on: it is given marks in their place. What may
 * be missing as a whole is a list of no or one row.
 */
export function compiledOnce<P extends Parts, O>(
  build: (db: Kysely<DB>, parts: P) => Compilable<O>,
): (db: Kysely<DB>, parts: P) => Promise<QueryResult<O>> {
  const known = new Map<string, CompiledQuery<O>>();
  return (db, parts) => {
    const { shape, values } = unfold(parts);
    let query = known.get(shape);
    if (!query) {
      query = build(db, marked(parts)).compile();
      if (known.size < MOST_SHAPES) known.set(shape, query);
    }
    const parameters = query.parameters.map((value) => (isMark(value) ? values[value.placeOf] : value));
    return db.executeQuery({ ...query, parameters });
  };
}
