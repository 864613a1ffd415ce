import fc from 'fast-check';
import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import t from 'tap';
import { compiledOnce } from '../../src/db/compiled.ts';
import type { DB } from '../../src/db/schema.ts';

type Sent = { sql: string; parameters: readonly unknown[] };

/** A database that answers nothing and remembers what it was sent. */
function listener(): { db: Kysely<DB>; sent: Sent[] } {
  const sent: Sent[] = [];
  const db = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) => new PostgresIntrospector(of),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ query: { sql: text, parameters } }) => void sent.push({ sql: text, parameters }),
  });
  return { db, sent };
}

type Row = Record<string, unknown>;
type Parts = { one: Row; many: Row[]; head: { text: string } };

const statement = (db: Kysely<DB>, { one, many, head }: Parts) =>
  db
    .with('kept', (kept) =>
      many.length > 0
        ? kept.insertInto('reporters').values(many as never)
        : kept.selectNoFrom(sql.lit(null).as('nothing')),
    )
    .insertInto('tips')
    .values({ ...one, number: sql`${head.text}::text || ${7}::int` } as never)
    .returning('number');

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date(),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.record({ placeOf: fc.integer() }),
);
const row = (columns: string[]) =>
  fc
    .record(Object.fromEntries(columns.map((column) => [column, value])), { requiredKeys: [columns[0]!] })
    .map((found) => ({ ...found, id: 'id' }));
const parts = fc.record({
  one: row(['narrative', 'brand', 'assignedUserIds', 'boughtAt']),
  many: fc.array(row(['sealed', 'keyId']), { maxLength: 3 }),
  head: fc.record({ text: fc.string() }),
});

t.test(
  'what is sent is what the builder itself would have sent, in whatever order shapes come',
  async (t) => {
    const { db, sent } = listener();
    const send = compiledOnce(statement);
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 8 }), async (all) => {
        for (const each of all) {
          await send(db, each);
          const { sql: text, parameters } = statement(db, each).compile();
          t.strictSame(sent.at(-1), { sql: text, parameters });
        }
      }),
    );
  },
);

t.test('a shape is built once, its values are those of each call', async (t) => {
  const { db, sent } = listener();
  let built = 0;
  const send = compiledOnce((of: Kysely<DB>, given: { row: Row }) => {
    built += 1;
    return of.insertInto('tips').values(given.row as never);
  });
  for (const number of ['a', 'b', 'c']) await send(db, { row: { id: '1', number } });
  t.equal(built, 1);
  t.same(
    sent.map(({ parameters }) => parameters),
    [
      ['1', 'a'],
      ['1', 'b'],
      ['1', 'c'],
    ],
  );
  await send(db, { row: { number: 'd', id: '1' } });
  await send(db, { row: { id: '1', number: 'e', brand: 'f' } });
  t.equal(built, 3);
  t.same(sent.at(-1)!.parameters, ['1', 'e', 'f']);
});

t.test('more shapes than are kept are built anew', async (t) => {
  const { db, sent } = listener();
  const send = compiledOnce((of: Kysely<DB>, { rows }: { rows: Row[] }) =>
    of.insertInto('tips').values(rows as never),
  );
  for (let n = 1; n <= 120; n += 1) {
    const ids = Array.from({ length: n }, (_, i) => `${n}-${i}`);
    await send(db, { rows: ids.map((id) => ({ id })) });
    t.same(sent.at(-1)!.parameters, ids);
  }
});
