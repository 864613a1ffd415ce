import fc from 'fast-check';
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import t from 'tap';
import { page } from '../../src/db/page.ts';
import type { DB } from '../../src/db/schema.ts';
import { makeClient } from '../../src/demo/client.ts';
import { listTips } from '../../src/modules/tips/queries.ts';
import { testApp, type TestApp } from '../app.ts';

type Item = { id: string };
type Items = { items: Item[]; next: string | null };

/** Instants so close that milliseconds cannot tell them apart, and some the same. */
const MICROS = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 40 });

const idAt = (n: number): string => `018d0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** A bureau of its own with a user for each offset, in microseconds, in the order given. */
async function fillBureau({ owner }: TestApp, offsets: number[], serial: number): Promise<string> {
  const bureauId = idAt(serial * 1000);
  const area = String(600_000 + serial);
  await sql`insert into bureaus (id, area_code, name, short_name, created_at)
    values (${bureauId}, ${area}, ${area}, ${area}, now())`.execute(owner);
  const ids = offsets.map((_, at) => idAt(serial * 1000 + at + 1));
  await sql`insert into users (id, login, name, bureau_id, role_keys, password_hash, created_at)
    select id, 'u-' || id, '某', ${bureauId}, '{auditor}', 'x',
      '2024-02-05T02:00:00.000100Z'::timestamptz + micros * interval '1 microsecond'
    from unnest(${ids}::uuid[], ${offsets}::int[]) as made (id, micros)`.execute(owner);
  return bureauId;
}

/** The order the database itself gives. */
async function allOf({ owner }: TestApp, bureauId: string): Promise<string[]> {
  const { rows } = await sql<Item>`select id from users where bureau_id = ${bureauId}
    order by created_at desc, id desc`.execute(owner);
  return rows.map((row) => row.id);
}

t.test('pages of rows microseconds apart join to the whole list', async (t) => {
  const app = await testApp(t);
  let serial = 0;
  await fc.assert(
    fc.asyncProperty(MICROS, fc.integer({ min: 1, max: 9 }), async (offsets, limit) => {
      serial += 1;
      const bureauId = await fillBureau(app, offsets, serial);
      const query = app.deps.db
        .selectFrom('users')
        .select(['users.id', 'users.createdAt'])
        .where('users.bureauId', '=', bureauId);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages <= offsets.length; pages += 1) {
        const found = await page(query, { time: 'users.createdAt', id: 'users.id' }, { cursor, limit });
        seen.push(...found.items.map(({ id }) => id));
        if (found.next === null) break;
        cursor = found.next;
      }
      t.same(seen, await allOf(app, bureauId));
    }),
    { numRuns: 25 },
  );
});

t.test('through HTTP, while others are added: no row twice, none lost', async (t) => {
  const app = await testApp(t);
  const { password, bureauId } = app.filled;
  const admin = await makeClient(app.url).logIn('administrator', password);
  let added = 0;
  const add = async (seconds: number) => {
    added += 1;
    await sql`insert into users (id, login, name, bureau_id, role_keys, password_hash, created_at)
      values (${idAt(added)}, ${`added-${added}`}, '某', ${bureauId}, '{auditor}', 'x',
        ${app.deps.now()}::timestamptz + ${seconds} * interval '1 second')`.execute(app.owner);
  };
  const walk = fc.record({
    limit: fc.integer({ min: 1, max: 7 }),
    between: fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(walk, async ({ limit, between }) => {
      const before = await allOf(app, bureauId);
      const seen: string[] = [];
      let next: string | null = '';
      for (let turn = 0; next !== null; turn += 1) {
        const cursor: string = next === '' ? '' : `&cursor=${next}`;
        const { body } = await admin.get<Items>(`/api/users?limit=${limit}${cursor}`);
        t.ok(body.items.length <= limit);
        seen.push(...body.items.map(({ id }) => id));
        next = body.next;
        if (between[turn] !== undefined) await add(between[turn]!);
      }
      t.equal(new Set(seen).size, seen.length, 'none twice');
      t.same(
        before.filter((id) => !seen.includes(id)),
        [],
        'none lost',
      );
    }),
    { numRuns: 8 },
  );
});

type Asked = { sql: string; parameters: readonly unknown[] };
type Plan = {
  'Node Type': string;
  'Index Name'?: string;
  'Parent Relationship'?: string;
  Plans?: Plan[];
};

/** How the rows of the page are found; what is looked up for each of them (a SubPlan) is another matter. */
const nodesOf = (plan: Plan): Plan[] =>
  plan['Parent Relationship'] === 'SubPlan' ? [] : [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** A database that notes what it is asked, and can tell how it would go about it. */
function watched(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // The database is dropped under it where the test fails.
  pool.on('error', () => undefined);
  const asked: Asked[] = [];
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ query }) => void asked.push(query),
  });
  const planOf = async ({ sql: text, parameters }: Asked): Promise<Plan[]> => {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (format json) ${text}`,
      parameters as unknown[],
    );
    return nodesOf(rows[0]!['QUERY PLAN'][0].Plan);
  };
  return { db, asked, planOf };
}

t.test('a deep page is read off the index of its list, as the first one is', async (t) => {
  const app = await testApp(t);
  const { bureauId, users } = app.filled;
  await sql`insert into tips (id, bureau_id, number, kind, state, channel, received_at, competent_on,
      respondent_name, narrative, created_by, created_at)
    select gen_random_uuid(), ${bureauId}, 'n' || n, 'report', 'received', 'visit',
      ${app.deps.now()}::timestamptz - n * interval '7 minutes', '2024-02-05', '某店', '某事', 'x', now()
    from generate_series(1, 20000) n`.execute(app.owner);
  await sql`analyze tips`.execute(app.owner);
  const { db, asked, planOf } = watched(app.databaseUrl);
  const actor = {
    ...app.ctx().actor,
    kind: 'user' as const,
    id: users.dispatcher!.id,
    bureauId,
    // One who may know the reporter: for others a second query takes the names out of the page's texts.
    permissions: new Set(['tip.read', 'tip.look_at_reporter']),
  };
  const ctx = { ...app.ctx(), db, actor };
  const first = await listTips(ctx, { limit: 50 });
  const deep = Buffer.from(
    JSON.stringify([new Date(app.deps.now().getTime() - 15_000 * 420_000).toISOString(), idAt(1)]),
  ).toString('base64url');
  const later = await listTips(ctx, { limit: 50, cursor: deep });
  t.equal(first.items.length, 50);
  t.equal(later.items.length, 50);
  // Whether there is a new calendar is asked once a second, whoever asks for a list.
  const pages = asked.filter(({ sql: text }) => text.includes('from "tips"'));
  for (const query of pages) {
    const nodes = await planOf(query);
    const names = nodes.map((node) => node['Index Name'] ?? node['Node Type']);
    t.ok(names.includes('tips_list_idx'), names.join(' '));
    const whole = nodes.filter((node) => /Sort|Seq Scan/.test(node['Node Type']));
    t.same(whole, [], 'neither sorted nor read whole');
  }
  t.equal(pages.length, 2, 'one query a page');
  await db.destroy();
});
