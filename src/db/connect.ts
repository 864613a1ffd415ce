import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { prepared } from './prepared.ts';
import type { DB } from './schema.ts';

const { types, Pool } = pg;

// date → the day as written; int8 → a number, if it is a safe one; numeric stays a string.
types.setTypeParser(types.builtins.DATE, (value) => value);
types.setTypeParser(types.builtins.INT8, (value) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`int8 out of the safe range: ${value}`);
  return number;
});

/**
 * A pool on `url`. Dates travel as YYYY-MM-DD, timestamps as Date, numeric as string.
 * Keys inside JSON keep their names: otherwise the frozen data of a paper would come back renamed.
 */
export function connect(url: string, poolSize: number): Kysely<DB> {
  const pool = new Pool({ connectionString: url, max: poolSize, options: '-c timezone=UTC' });
  // A connection dropped while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool: prepared(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
