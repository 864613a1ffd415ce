import { randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import t from 'tap';
import { connect } from '../../src/db/connect.ts';
import { migrate, pendingMigrations } from '../../src/db/migrate.ts';
import type { DB } from '../../src/db/schema.ts';
import { JOBS } from '../../src/jobs/list.ts';
import { runJob } from '../../src/jobs/runner.ts';
import type { ReporterView, TipView } from '../../src/modules/tips/schemas.ts';
import { readTemplate, type TestApp, testApp, withDatabase } from '../app.ts';
import { COMPLAINT, givenTip, REPORT } from './given.ts';

const SAID = { content: '王密告：您反映的事项已受理。', failedReason: '王密告家中无人接听' };

const toldOf = (db: Kysely<DB>, tipId: string) =>
  db.selectFrom('told').selectAll().where('tipId', '=', tipId).orderBy('toldAt').orderBy('id').execute();

/** A row as it was kept before it was sealed. */
async function keepPlain(app: TestApp, tipId: string, saying: Partial<typeof SAID> = {}): Promise<void> {
  const { content = SAID.content, failedReason = null } = saying;
  const at = new Date('2024-02-05T10:00:00+08:00');
  await app.owner
    .insertInto('told')
    .values({
      id: randomUUID(),
      bureauId: app.filled.bureauId,
      tipId,
      about: 'other',
      whom: 'reporter',
      way: 'phone',
      toldAt: at,
      arrived: failedReason === null,
      content,
      failedReason,
      actorId: app.filled.users.intake_officer!.id,
      createdAt: at,
    })
    .execute();
}

const sealJob = JOBS.find(({ name }) => name === 'tips.seal_told')!;

t.test('what a reporter was told is sealed at rest', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const told = async (tipId: string) =>
    (await officer.get<ReporterView>(`/api/tips/${tipId}/reporter`)).body.told;

  await t.test('a telling, and why it did not arrive', async (t) => {
    const tip = await givenTip(intake, REPORT);
    const body = { about: 'other', way: 'phone', ...SAID };
    const view = await intake.post<TipView>(`/api/tips/${tip.id}/told`, body);
    t.match(view.body.told, [{ way: 'phone', arrived: false }]);
    const [row] = await toldOf(app.owner, tip.id);
    t.match(row, { content: null, failedReason: null, keyId: 'k1', alg: 'aes-256-gcm', arrived: false });
    t.same(
      JSON.parse(app.deps.vault.open({ data: row!.sealed!, keyId: row!.keyId!, alg: row!.alg! })),
      SAID,
      'only the vault opens it',
    );
    t.match(await told(tip.id), [SAID]);
    t.same(Object.keys((await told(tip.id))[0]!).toSorted(), [
      'about',
      'content',
      'failedReason',
      'toldAt',
      'way',
    ]);
  });

  await t.test('a decision that is told in the act that takes it', async (t) => {
    const tip = await givenTip(intake, COMPLAINT);
    const body = { told: { way: 'net', content: SAID.content } };
    t.equal((await intake.post(`/api/tips/${tip.id}/accept`, body)).status, 200);
    t.match(await toldOf(app.owner, tip.id), [{ content: null, keyId: 'k1', arrived: true }]);
    t.match(await told(tip.id), [{ content: SAID.content, failedReason: null }]);
  });

  await t.test('an altered one is not shown as if it were true', async (t) => {
    const tip = await givenTip(intake, REPORT);
    await intake.post(`/api/tips/${tip.id}/told`, { about: 'other', way: 'phone', ...SAID });
    const other = app.deps.vault.seal(JSON.stringify(SAID)).data;
    other[other.length - 1]! ^= 1;
    await app.owner.updateTable('told').set({ sealed: other }).where('tipId', '=', tip.id).execute();
    t.equal((await officer.get(`/api/tips/${tip.id}/reporter`)).status, 500);
  });

  await t.test('half a seal, or both, is no row', async (t) => {
    const tip = await givenTip(intake, REPORT);
    await keepPlain(app, tip.id);
    const set = (changes: object) =>
      app.owner.updateTable('told').set(changes).where('tipId', '=', tip.id).execute();
    const { data: sealed, keyId, alg } = app.deps.vault.seal('{}');
    for (const wrong of [
      { content: null },
      { keyId },
      { sealed, keyId, alg },
      { sealed, keyId, content: null },
      { sealed, keyId, alg, content: null, failedReason: 'x' },
    ]) {
      await t.rejects(set(wrong), /told_sealed_check/, Object.keys(wrong).join());
    }
  });

  await t.test('what was kept before is readable, and is sealed by a job', async (t) => {
    await app.owner.deleteFrom('told').execute();
    const tip = await givenTip(intake, REPORT);
    await keepPlain(app, tip.id, SAID);
    // More than the job takes at once.
    for (let n = 0; n < 204; n += 1) await keepPlain(app, tip.id, { content: `第${n}次` });
    const before = await told(tip.id);
    t.equal(before.length, 205);
    t.ok(before.some((one) => one.content === SAID.content && one.failedReason === SAID.failedReason));

    t.ok(await runJob(app.deps, sealJob));
    const rows = await toldOf(app.owner, tip.id);
    t.ok(rows.every((row) => row.sealed && row.content === null && row.failedReason === null));
    t.equal(rows.filter(({ arrived }) => !arrived).length, 1);
    t.same(await told(tip.id), before, 'and reads as it did');

    await runJob(app.deps, sealJob);
    t.same(await toldOf(app.owner, tip.id), rows, 'once');
    const trail = await app.owner
      .selectFrom('auditEntries')
      .select(['bureauId', 'detail', 'actorId'])
      .where('action', '=', 'tip.seal_told')
      .orderBy('id')
      .execute();
    const { bureauId } = app.filled;
    t.same(trail, [
      { bureauId, detail: { told: 200 }, actorId: 'system:job:tips.seal_told' },
      { bureauId, detail: { told: 5 }, actorId: 'system:job:tips.seal_told' },
    ]);
  });
});

t.test('the migration keeps what was told, and whether it arrived', async (t) => {
  const { ownerUrl } = readTemplate();
  const name = `t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: withDatabase(ownerUrl, 'postgres') });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const owner = connect(withDatabase(ownerUrl, name), 2);
  t.teardown(async () => {
    await owner.destroy();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
  const before = (await pendingMigrations(owner)).filter((name) => name <= '0013-laboratory-owner');
  await migrate(owner, 'shian_app', before);
  await owner.transaction().execute(async (trx) => {
    // The tips they belong to are of no interest here.
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`insert into told (id, bureau_id, tip_id, about, way, told_at, content, failed_reason, actor_id, created_at)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'other', 'phone', '2024-02-05', c, f, 'a', '2024-02-05'
      from (values ('一', null), ('二', '无人接听')) as v (c, f)`.execute(trx);
  });
  t.ok((await migrate(owner, 'shian_app')).length > 0);
  const rows = await owner.selectFrom('told').selectAll().orderBy('content').execute();
  t.match(rows, [
    { content: '一', failedReason: null, arrived: true, sealed: null, keyId: null },
    { content: '二', failedReason: '无人接听', arrived: false, sealed: null, keyId: null },
  ]);
});
