import t from 'tap';
import { addBureau } from '../../src/modules/identity/index.ts';
import { inTx } from '../../src/context.ts';
import { differences } from '../../src/modules/records/rules.ts';
import type { RecordRow } from '../../src/modules/records/index.ts';
import { testApp } from '../app.ts';

type Line = {
  source: string;
  action: string;
  actorName: string;
  detail: Record<string, unknown>;
  at: string;
};
type Page = { items: Line[]; next: string | null };

t.test('what was entered is corrected, assigned and voided in the open', async (t) => {
  const { as, filled, owner, ctx, setNow } = await testApp(t);
  const officer = await as('case_officer');
  const head = await as('unit_head');
  const made = await officer.post('/api/parties', {
    kind: 'company',
    name: '新都区某某食品厂',
    address: '新繁街道1号',
  });
  t.equal(made.status, 201);
  const id = String(made.body.id);
  const path = `/api/parties/${id}`;

  t.test('an amendment keeps before, after and reason', async (t) => {
    const body = {
      changes: { name: '新都区某某食品有限公司', address: '新繁街道1号' },
      reason: '营业执照名称有误',
    };
    const answer = await officer.post(`${path}/amend`, body);
    t.match(answer.body, { id, version: 2, voidedAt: null });
    const row = await owner
      .selectFrom('corrections')
      .selectAll()
      .where('subjectId', '=', id)
      .executeTakeFirstOrThrow();
    t.same(row.before, { name: '新都区某某食品厂' }, 'only what differs');
    t.same(row.after, { name: '新都区某某食品有限公司' });
    t.match(row, { kind: 'amend', reason: '营业执照名称有误', actorId: filled.users.case_officer!.id });
    const trail = await owner
      .selectFrom('auditEntries')
      .select(['action', 'detail'])
      .where('subjectId', '=', id)
      .where('action', '=', 'party.amend')
      .execute();
    t.same(trail, [{ action: 'party.amend', detail: { fields: ['name'] } }], 'one line, without the values');
    t.match((await officer.get(path)).body, { name: '新都区某某食品有限公司', version: 2 });
  });

  t.test('nothing different, unknown fields, no reason: refused', async (t) => {
    const same = { changes: { address: '新繁街道1号' }, reason: '无' };
    t.equal((await officer.post(`${path}/amend`, same)).body.code, 'record.no_changes');
    t.equal(
      (await officer.post(`${path}/amend`, { changes: {}, reason: '无' })).body.code,
      'record.no_changes',
    );
    const extra = await officer.post(`${path}/amend`, { changes: { version: 99 }, reason: '无' });
    t.equal(extra.status, 400);
    t.equal((await officer.post(`${path}/amend`, { changes: { bureauId: id }, reason: '无' })).status, 400);
    t.equal((await officer.post(`${path}/amend`, { changes: { address: '2号' }, reason: ' ' })).status, 400);
    t.match((await officer.get(path)).body, { version: 2 });
  });

  t.test('of two who amend at once, the second is told', async (t) => {
    const amend = (address: string) =>
      officer.post(
        `${path}/amend`,
        { changes: { address }, reason: '地址' },
        { headers: { 'if-match': '"2"' } },
      );
    const answers = await Promise.all([amend('甲路1号'), amend('乙路1号')]);
    t.same(
      answers.map((one) => one.status).toSorted((a, b) => a - b),
      [200, 412],
    );
    const rows = await owner.selectFrom('corrections').select('id').where('subjectId', '=', id).execute();
    t.equal(rows.length, 2, 'what was refused left nothing');
  });

  t.test('a repeat with the same Idempotency-Key amends once', async (t) => {
    const headers = { 'idempotency-key': 'amend-1' };
    const body = { changes: { representative: '张三' }, reason: '补录' };
    const [one, two] = [
      await officer.post(`${path}/amend`, body, { headers }),
      await officer.post(`${path}/amend`, body, { headers }),
    ];
    t.same(two.body, one.body);
    t.equal(two.headers.get('idempotency-replayed'), 'true');
    t.equal(one.body.version, 4);
  });

  t.test('assigning, taking over, sending back', async (t) => {
    setNow('2024-02-05T11:00:00+08:00');
    const { case_officer: one, case_officer_2: two } = filled.users;
    const to = { kind: 'assign', unitId: filled.stationId, userIds: [one!.id, two!.id, one!.id] };
    t.equal((await officer.post(`${path}/assign`, to)).status, 403, 'an officer does not dispatch');
    const assigned = await head.post(`${path}/assign`, to);
    t.match(assigned.body, { assignedUnitId: filled.stationId, assignedUserIds: [one!.id, two!.id] });
    const taken = await head.post(`${path}/assign`, { kind: 'take_over' });
    t.match(taken.body, { assignedUserIds: [filled.users.unit_head!.id], assignedUnitId: filled.stationId });
    const silent = await head.post(`${path}/assign`, { kind: 'send_back' });
    t.equal(silent.body.code, 'record.send_back_reason');
    const back = await head.post(`${path}/assign`, { kind: 'send_back', reason: '不属本所管辖' });
    t.match(back.body, { assignedUnitId: null, assignedUserIds: [] });
    t.equal((await head.post(`${path}/assign`, { kind: 'assign' })).body.code, 'record.assign_whom');
  });

  t.test('only to people and units of the bureau that are there', async (t) => {
    const stranger = filled.users.laboratory_clerk!.id;
    const outside = await head.post(`${path}/assign`, { kind: 'assign', userIds: [stranger] });
    t.equal(outside.body.code, 'record.unknown_user');
    const unknown = await head.post(`${path}/assign`, { kind: 'assign', unitId: id });
    t.equal(unknown.body.code, 'record.unknown_unit');
  });

  t.test('the history is one line of time, in pages', async (t) => {
    const all = (await officer.get<Page>(`${path}/history?limit=200`)).body.items;
    const seen: Line[] = [];
    let cursor = '';
    do {
      const page: Page = (await officer.get<Page>(`${path}/history?limit=2${cursor && `&cursor=${cursor}`}`))
        .body;
      seen.push(...page.items);
      cursor = page.next ?? '';
    } while (cursor);
    t.same(seen, all);
    t.same(
      all
        .filter((line) => line.source === 'assignment')
        .map((line) => line.action)
        .toSorted(),
      ['assign', 'send_back', 'take_over'],
    );
    t.equal(all.filter((line) => line.source === 'correction').length, 3);
    t.ok(all.some((line) => line.source === 'audit' && line.action === 'party.register'));
    t.notOk(
      all.some((line) => line.action === 'party.amend'),
      'what a correction tells is not told twice',
    );
    t.match(
      all.find((line) => line.action === 'send_back'),
      { actorName: '罗建国', detail: { reason: '不属本所管辖' } },
    );
    const times = all.map((line) => line.at);
    t.same(times, times.toSorted().toReversed(), 'newest first');
    t.equal((await officer.get(`${path}/history?cursor=x`)).status, 400);
  });

  t.test('another bureau and a laboratory find nothing', async (t) => {
    const foreign = await inTx(ctx(), async (tx) => {
      const bureauId = await addBureau(tx, { areaCode: '510115', name: '温江局', shortName: '温江' });
      const party = tx.newId();
      await tx.db
        .insertInto('parties')
        .values({
          id: party,
          bureauId,
          kind: 'company',
          name: '外局',
          nameKey: '外局',
          createdBy: 'x',
          createdAt: tx.now,
        })
        .execute();
      return party;
    });
    const body = { changes: { name: '改' }, reason: '无' };
    t.equal((await officer.post(`/api/parties/${foreign}/amend`, body)).status, 404);
    t.equal((await head.post(`/api/parties/${foreign}/assign`, { kind: 'take_over' })).status, 404);
    t.equal((await officer.post(`/api/parties/${foreign}/void`, { reason: '无' })).status, 404);
    t.equal((await officer.get(`/api/parties/${foreign}/history`)).status, 404);
    t.equal((await (await as('laboratory_clerk')).get(`${path}/history`)).status, 403);
  });

  t.test('a void record stays to be read and refuses the rest', async (t) => {
    t.equal((await (await as('auditor')).post(`${path}/void`, { reason: '无' })).status, 403);
    const gone = await officer.post(`${path}/void`, { reason: '重复录入' });
    t.match(gone.body, { voidedAt: '2024-02-05T11:00:00+08:00' });
    for (const [what, body] of [
      ['amend', { changes: { name: '再改' }, reason: '无' }],
      ['void', { reason: '再废' }],
    ] as const) {
      const answer = await officer.post(`${path}/${what}`, body);
      t.match(answer, { status: 409, body: { code: 'record.void' } }, what);
    }
    t.equal((await head.post(`${path}/assign`, { kind: 'take_over' })).body.code, 'record.void');
    t.match((await officer.get(path)).body, { voidReason: '重复录入' });
    const [last] = (await officer.get<Page>(`${path}/history`)).body.items.filter(
      (one) => one.source === 'correction',
    );
    t.match(last, { action: 'void', detail: { reason: '重复录入' } });
  });
});

t.test('what differs between two rows', async (t) => {
  const row = (extra: Record<string, unknown>): RecordRow => ({
    id: 'r',
    bureauId: 'b',
    version: 1,
    voidedAt: null,
    voidReason: null,
    ...extra,
  });
  const before = row({ a: 1, at: new Date('2024-03-07T01:00:00Z'), list: ['x'], nothing: null, same: 'z' });
  const after = row({
    a: 2,
    at: new Date('2024-03-07T02:00:00Z'),
    list: ['x', 'y'],
    nothing: undefined,
    same: 'z',
  });
  const found = differences(before, after, ['a', 'at', 'list', 'nothing', 'same']);
  t.same(found.changed, ['a', 'at', 'list']);
  t.same(found.before, { a: 1, at: '2024-03-07T09:00:00+08:00', list: ['x'] });
  t.same(found.after, { a: 2, at: '2024-03-07T10:00:00+08:00', list: ['x', 'y'] });
});
