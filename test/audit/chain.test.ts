import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import t from 'tap';
import { inTx } from '../../src/context.ts';
import { APPEND_ONLY } from '../../src/db/migrate.ts';
import { audit, sealAudit, verifyAudit } from '../../src/modules/audit/index.ts';
import { chainRoot, leafHash, merkleRoot } from '../../src/modules/audit/seal.ts';
import { entriesById } from '../../src/modules/audit/store.ts';
import { testApp, type TestApp } from '../app.ts';

/** Writes `count` lines, each in its own transaction. */
async function write({ ctx }: TestApp, count: number, action = 'test.write'): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const detail = { i, text: '牛肉干', exact: 0.1 };
    await inTx(ctx(), (tx) => audit(tx, { action, subject: { kind: 'test', id: String(i) }, detail }));
  }
}

/** Seals until nothing is left: a transaction of another test's database may hold the horizon back for a moment. */
async function sealAll(app: TestApp): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    await sealAudit(app.ctx());
    if ((await verifyAudit(app.ctx())).waiting === 0) return;
  }
  throw new Error('lines are left unsealed');
}

const ids = async ({ owner }: TestApp): Promise<number[]> =>
  (
    await owner
      .selectFrom('auditEntries')
      .select('id')
      .where('action', '=', 'test.write')
      .orderBy('id')
      .execute()
  ).map((row) => row.id);

t.test('an honest chain holds', async (t) => {
  const app = await testApp(t);
  await write(app, 12);
  await sealAll(app);
  await write(app, 5);
  await sealAll(app);
  const found = await verifyAudit(app.ctx());
  const { count } = await app.owner
    .selectFrom('auditEntries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  t.match(found, { ok: true, finding: null, waiting: 0, entries: count });
  t.ok(found.batches >= 2);

  t.test('each root is told outside the database', async (t) => {
    const lines = (await readFile(app.deps.config.auditRootsFile, 'utf8')).trimEnd().split('\n');
    t.equal(lines.length, found.batches);
    t.match(lines.at(-1), new RegExp(`^${found.batches} ${found.lastRoot} `));
    for (const line of lines) {
      t.equal(
        (await verifyAudit(app.ctx(), { root: line.split(' ')[1] })).ok,
        true,
        'every root is one of the chain',
      );
    }
  });

  t.test('a root that is not one of the chain is said to be so', async (t) => {
    const other = await verifyAudit(app.ctx(), { root: 'ab'.repeat(32) });
    t.match(other, { ok: false, finding: { kind: 'root_unknown' } });
  });

  t.test('nothing new, nothing sealed', async (t) => {
    t.equal(await sealAudit(app.ctx()), 0);
  });
});

t.test('whoever owns the database alters the trail: the line is named', async (t) => {
  const app = await testApp(t);
  await write(app, 9);
  await sealAll(app);
  const all = await ids(app);
  const [first, third, fifth] = [all[0]!, all[2]!, all[4]!];
  const { owner } = app;
  const verify = async () => (await verifyAudit(app.ctx())).finding;
  /** Alters, looks, and puts back. */
  const after = async (change: ReturnType<typeof sql>) => {
    await sql`create table kept as select * from audit_entries`.execute(owner);
    await change.execute(owner);
    const finding = await verify();
    await sql`delete from audit_entries`.execute(owner);
    await sql`insert into audit_entries overriding system value select * from kept`.execute(owner);
    await sql`drop table kept`.execute(owner);
    t.equal(await verify(), null, 'put back');
    return finding;
  };

  const altered = { kind: 'altered', entryId: third };
  t.match(await after(sql`update audit_entries set actor_name = '别人' where id = ${third}`), altered);
  t.match(
    await after(sql`update audit_entries set detail = detail || '{"i": 99}' where id = ${third}`),
    altered,
  );
  t.match(
    await after(sql`update audit_entries set at = at + interval '1 microsecond' where id = ${third}`),
    altered,
  );
  t.match(await after(sql`update audit_entries set actor_roles = '{auditor}' where id = ${third}`), altered);
  t.match(
    await after(sql`update audit_entries set bureau_id = gen_random_uuid() where id = ${third}`),
    altered,
  );
  t.match(
    await after(sql`update audit_entries set action = 'x' where id in (${fifth}, ${third})`),
    altered,
    'the first of two',
  );
  t.match(await after(sql`delete from audit_entries where id = ${fifth}`), {
    kind: 'missing',
    entryId: fifth,
  });
  t.match(
    await after(sql`
      create table moved as select * from audit_entries where id in (${sql.lit(first)}, ${sql.lit(fifth)});
      delete from audit_entries where id in (select id from moved);
      update moved set id = ${sql.lit(first + fifth)} - id;
      insert into audit_entries overriding system value select * from moved;
      drop table moved`),
    { kind: 'reordered', entryId: first },
    'two lines that changed places',
  );
  t.match(
    await after(sql`
      insert into audit_entries (xid, at, actor_kind, actor_id, actor_name, actor_roles, action, subject_kind,
        subject_id, detail, request_id)
      select xid, at, actor_kind, actor_id, actor_name, actor_roles, action, subject_kind, subject_id, detail, request_id
      from audit_entries where id = ${third}`),
    { kind: 'unsealed' },
    'a line slipped in as if it were old',
  );
});

t.test('whoever owns the database alters the batches: the batch is named', async (t) => {
  const app = await testApp(t);
  for (let i = 0; i < 4; i += 1) {
    await write(app, 3);
    await sealAll(app);
  }
  const { owner } = app;
  const last = await verifyAudit(app.ctx());
  const after = async (change: ReturnType<typeof sql>) => {
    await sql`create table kept as select * from audit_batches`.execute(owner);
    await change.execute(owner);
    const { finding } = await verifyAudit(app.ctx());
    await sql`delete from audit_batches`.execute(owner);
    await sql`insert into audit_batches select * from kept`.execute(owner);
    await sql`drop table kept`.execute(owner);
    return finding;
  };
  t.match(await after(sql`update audit_batches set root = sha256(root) where id = 2`), {
    kind: 'batch_altered',
    batchId: 2,
  });
  t.match(await after(sql`update audit_batches set to_xid = to_xid + 1 where id = 3`), {
    kind: 'batch_altered',
    batchId: 3,
  });
  t.match(
    await after(sql`update audit_batches set leaf_hashes = substring(leaf_hashes for 32) where id = 3`),
    { batchId: 3 },
  );
  t.match(await after(sql`delete from audit_batches where id = 2`), { kind: 'batch_missing', batchId: 2 });
  t.match(await after(sql`delete from audit_batches where id = 1`), { kind: 'batch_missing', batchId: 1 });

  t.test('cutting off the end shows by the root kept outside', async (t) => {
    await sql`delete from audit_batches where id = ${last.batches}`.execute(owner);
    t.equal((await verifyAudit(app.ctx())).ok, true, 'the rest is consistent');
    t.match((await verifyAudit(app.ctx(), { root: last.lastRoot! })).finding, { kind: 'root_unknown' });
  });

  t.test('rewriting the whole chain shows by any root kept outside', async (t) => {
    const kept = (await readFile(app.deps.config.auditRootsFile, 'utf8')).split('\n')[0]!.split(' ')[1]!;
    await sql`update audit_entries set actor_name = '别人' where id = (select min(id) from audit_entries)`.execute(
      owner,
    );
    await rewriteChain(app);
    t.equal((await verifyAudit(app.ctx())).ok, true, 'consistent in itself');
    t.match((await verifyAudit(app.ctx(), { root: kept })).finding, { kind: 'root_unknown' });
  });
});

/** What a skilled owner would do: compute every hash of the chain anew. */
async function rewriteChain({ owner }: TestApp): Promise<void> {
  let previous: Buffer | null = null;
  const batches = await owner.selectFrom('auditBatches').selectAll().orderBy('id').execute();
  for (const batch of batches) {
    const wanted = (batch.entryIds as unknown as string[]).map(Number);
    const byId = new Map((await entriesById(owner, wanted)).map((line) => [line.id, line]));
    const leaves = wanted.map((id) => leafHash(byId.get(id)!));
    const root: Buffer = chainRoot(previous, merkleRoot(leaves), batch);
    const values = { leafHashes: Buffer.concat(leaves), previousRoot: previous, root };
    await owner.updateTable('auditBatches').set(values).where('id', '=', batch.id).execute();
    previous = root;
  }
}

t.test('writers whose transactions interleave lose nothing', async (t) => {
  const app = await testApp(t);
  const { ctx } = app;
  const line = (subject: string) => ({ action: 'test.write', subject: { kind: 'test', id: subject } });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let written = (): void => undefined;
  const early = new Promise<void>((resolve) => (written = resolve));
  // The slow one takes its transaction and its id first, and commits last.
  const slow = inTx(ctx(), async (tx) => {
    await audit(tx, line('slow'));
    written();
    await held;
    await audit(tx, line('slow-too'));
  });
  await early;
  await write(app, 3);
  await sealAudit(ctx());
  const before = await verifyAudit(ctx());
  t.equal(before.ok, true);
  t.ok(before.waiting >= 3, 'nothing younger than an open transaction is sealed');
  release();
  await slow;
  await sealAll(app);
  t.match(await verifyAudit(ctx()), { ok: true, waiting: 0, finding: null });
});

t.test('a transaction that is rolled back leaves neither line nor gap', async (t) => {
  const app = await testApp(t);
  await write(app, 2);
  await t.rejects(
    inTx(app.ctx(), async (tx) => {
      await audit(tx, { action: 'test.write', subject: { kind: 'test', id: 'no' } });
      throw new Error('no');
    }),
  );
  await write(app, 2);
  await sealAll(app);
  t.match(await verifyAudit(app.ctx()), { ok: true, waiting: 0 });
  t.equal((await ids(app)).length, 4);
});

t.test('writers and several sealers at once', async (t) => {
  const app = await testApp(t);
  const writers = Array.from({ length: 6 }, () => write(app, 25));
  const sealers = Array.from({ length: 4 }, async () => {
    for (let i = 0; i < 15; i += 1) await sealAudit(app.ctx());
  });
  const verifiers = (async () => {
    for (let i = 0; i < 5; i += 1) t.equal((await verifyAudit(app.ctx())).ok, true, 'at every moment');
  })();
  await Promise.all([...writers, ...sealers, verifiers]);
  await sealAll(app);
  t.match(await verifyAudit(app.ctx()), { ok: true, waiting: 0 });
  t.equal((await ids(app)).length, 150);
  const numbers = await app.owner.selectFrom('auditBatches').select('id').orderBy('id').execute();
  t.same(
    numbers.map((row) => row.id),
    numbers.map((_, i) => i + 1),
    'batches are numbered without gaps',
  );
});

t.test('more lines than one batch takes', async (t) => {
  const app = await testApp(t);
  await sealAll(app);
  await sql`
    insert into audit_entries (at, actor_kind, actor_id, actor_name, actor_roles, action, subject_kind, subject_id,
      detail, request_id)
    select now(), 'system', 's', 's', '{}', 'test.write', 'test', n::text, '{}', 'r'
    from generate_series(1, 5200) as n`.execute(app.owner);
  await write(app, 3);
  await sealAll(app);
  t.match(await verifyAudit(app.ctx()), { ok: true, waiting: 0 });
  const sizes = await app.owner
    .selectFrom('auditBatches')
    .select(sql<number>`cardinality(entry_ids)`.as('size'))
    .execute();
  t.ok(
    sizes.some((row) => row.size === 5200),
    'one transaction is never split',
  );
});

t.test('a database restored into another cluster goes on', async (t) => {
  const app = await testApp(t);
  const { owner, ctx } = app;
  await write(app, 4);
  await sealAll(app);
  await write(app, 2);
  // As if the lines and the chain had come from a cluster that had counted far higher; two were not sealed yet.
  const unsealed = (await ids(app)).slice(-2);
  await sql`update audit_entries set xid = xid + 1000000000 where id = any (${unsealed}::bigint[])`.execute(
    owner,
  );
  await sql`update audit_batches set to_xid = 1000000000 where id = (select max(id) from audit_batches)`.execute(
    owner,
  );
  await rewriteChain(app);
  t.match(await verifyAudit(ctx()), { ok: true, waiting: 2 });
  await write(app, 3);
  await sealAll(app);
  const done = await verifyAudit(ctx());
  t.match(done, { ok: true, waiting: 0 });
  await write(app, 2);
  await sealAll(app);
  t.match(await verifyAudit(ctx()), { ok: true, waiting: 0, entries: done.entries + 2 });
  t.equal((await verifyAudit(ctx(), { root: done.lastRoot! })).ok, true, 'one chain across both clusters');
});

t.test(
  'a restored database that left nothing unsealed begins its era before the first new line',
  async (t) => {
    const app = await testApp(t);
    const { owner, ctx } = app;
    await write(app, 4);
    await sealAll(app);
    const { rows } = await sql<{
      next: number;
    }>`select pg_current_xact_id()::text::bigint + 5 as next`.execute(owner);
    await sql`update audit_batches set to_xid = ${rows[0]!.next} where id = (select max(id) from audit_batches)`.execute(
      owner,
    );
    await rewriteChain(app);
    await sealAudit(ctx());
    // Soon counted past the old cluster: without an era of its own these would be taken for long sealed.
    await write(app, 12);
    await sealAll(app);
    t.match(await verifyAudit(ctx()), { ok: true, waiting: 0, finding: null });
  },
);

t.test('what the application may do to tables that only grow', async (t) => {
  const { deps } = await testApp(t);
  for (const table of APPEND_ONLY) {
    const { rows } = await sql<Record<string, boolean>>`
      select has_table_privilege(current_user, ${table}, 'insert') as may_insert,
        has_table_privilege(current_user, ${table}, 'select') as may_select,
        has_table_privilege(current_user, ${table}, 'update') as may_update,
        has_any_column_privilege(current_user, ${table}, 'update') as may_update_column,
        has_table_privilege(current_user, ${table}, 'delete') as may_delete,
        has_table_privilege(current_user, ${table}, 'truncate') as may_truncate`.execute(deps.db);
    t.same(
      rows[0],
      {
        mayInsert: true,
        maySelect: true,
        mayUpdate: false,
        mayUpdateColumn: false,
        mayDelete: false,
        mayTruncate: false,
      },
      table,
    );
  }
  const denied = { code: '42501' };
  await t.rejects(sql`update audit_entries set action = 'x'`.execute(deps.db), denied);
  await t.rejects(sql`delete from audit_batches`.execute(deps.db), denied);
  await t.rejects(sql`truncate corrections`.execute(deps.db), denied);
});
