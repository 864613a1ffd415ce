import t from 'tap';
import { sealAudit } from '../../src/modules/audit/index.ts';
import { testApp } from '../app.ts';

type Line = { id: number; at: string; action: string; actorId: string; subjectId: string };

t.test('reading the trail', async (t) => {
  const { as, ctx, filled, setNow } = await testApp(t);
  const admin = await as('administrator');
  const auditor = await as('auditor');
  for (let i = 0; i < 5; i += 1) await admin.post('/api/units', { kind: 'section', name: `第${i}科` });
  setNow('2024-02-06T00:00:00+08:00');
  await admin.post('/api/units', { kind: 'section', name: '次日科' });
  const list = async (query: string) =>
    (await auditor.get<{ items: Line[]; next: string | null }>(`/api/audit?${query}`)).body;

  t.test('by action, newest first, in pages', async (t) => {
    const first = await list('action=unit.create&limit=4');
    t.equal(first.items.length, 4);
    const second = await list(`action=unit.create&limit=4&cursor=${first.next}`);
    t.equal(second.items.length, 2);
    t.equal(second.next, null);
    const seen = [...first.items, ...second.items].map((one) => one.id);
    t.same(
      seen,
      seen.toSorted((a, b) => b - a),
    );
  });

  t.test('by day in Shanghai, both ends included', async (t) => {
    t.equal((await list('action=unit.create&from=2024-02-06')).items.length, 1);
    t.equal((await list('action=unit.create&to=2024-02-05')).items.length, 5);
    t.equal((await list('action=unit.create&from=2024-02-05&to=2024-02-06')).items.length, 6);
    t.match((await list('action=unit.create&from=2024-02-06')).items[0], { at: '2024-02-06T00:00:00+08:00' });
  });

  t.test('by actor and subject', async (t) => {
    const by = await list(`actorId=${filled.users.administrator!.id}&action=unit.create`);
    t.equal(by.items.length, 6);
    const one = by.items[0]!;
    t.equal((await list(`subjectKind=unit&subjectId=${one.subjectId}`)).items.length, 1);
  });

  t.test('a wrong cursor or day is refused', async (t) => {
    t.equal((await auditor.get('/api/audit?cursor=abc')).status, 400);
    t.equal((await auditor.get('/api/audit?from=2024-02-30')).status, 400);
  });

  t.test('who may', async (t) => {
    t.equal((await (await as('case_officer')).get('/api/audit')).status, 403);
    t.equal((await (await as('case_officer')).get('/api/audit/verify')).status, 403);
  });

  t.test('verification over HTTP', async (t) => {
    await sealAudit(ctx());
    const found = await admin.get<{ ok: boolean; lastRoot: string; sentence: string }>('/api/audit/verify');
    t.match(found.body, { ok: true, finding: null });
    t.match(found.body.sentence, /审计链完整/);
    const english = await admin.get('/api/audit/verify', { headers: { 'accept-language': 'en' } });
    t.match(english.body.sentence, /^The audit chain holds/);
    t.match((await admin.get(`/api/audit/verify?root=${'00'.repeat(32)}`)).body, { ok: false });
    t.equal((await admin.get('/api/audit/verify?root=xyz')).status, 400);
  });
});
