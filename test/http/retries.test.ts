import t from 'tap';
import { makeClient } from '../../src/demo/client.ts';
import { testApp } from '../app.ts';
import type { Problem } from './server.ts';

type Unit = { id: string; name: string; version: number };

t.test('Idempotency-Key', async (t) => {
  const { url, as, owner, filled, deps } = await testApp(t);
  const admin = await as('administrator');
  const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
  const unit = (name: string) => ({ kind: 'section', name });
  const countOf = async (name: string): Promise<number> =>
    (await owner.selectFrom('units').select('id').where('name', '=', name).execute()).length;
  const entriesOf = async (id: string): Promise<number> =>
    (await owner.selectFrom('auditEntries').select('id').where('subjectId', '=', id).execute()).length;

  t.test('the same request again gets the first answer, and says so', async (t) => {
    const first = await admin.post<Unit>('/api/units', unit('一科'), keyed('k-1'));
    t.equal(first.status, 201);
    t.equal(first.headers.get('idempotency-replayed'), null);
    const again = await admin.post<Unit>('/api/units', unit('一科'), keyed('k-1'));
    t.same([again.status, again.body], [201, first.body]);
    t.equal(again.headers.get('idempotency-replayed'), 'true');
    t.equal(again.headers.get('etag'), first.headers.get('etag'));
    t.equal(await countOf('一科'), 1);
    t.equal(await entriesOf(first.body.id), 1);
  });

  t.test('also when its keys stand in another order, and after a change in between', async (t) => {
    const { body } = await admin.post<Unit>('/api/units', unit('二科'), keyed('k-2'));
    await admin.post(`/api/units/${body.id}/amend`, { name: '二科（改）' });
    const turned = await admin.post<Unit>('/api/units', { name: '二科', kind: 'section' }, keyed('k-2'));
    t.same(turned.body, body, 'the answer it had, not what has become of it');
  });

  t.test('with another body: 422', async (t) => {
    await admin.post('/api/units', unit('三科'), keyed('k-3'));
    const other = await admin.post<Problem>('/api/units', unit('四科'), keyed('k-3'));
    t.match(other, { status: 422, body: { code: 'request.idempotency_key_reused' } });
    t.equal(await countOf('四科'), 0);
  });

  t.test('on another address of the same route it is another request', async (t) => {
    const [a, b] = [
      (await admin.post<Unit>('/api/units', unit('五科'))).body,
      (await admin.post<Unit>('/api/units', unit('六科'))).body,
    ];
    const close = { isActive: false };
    t.equal((await admin.post(`/api/units/${a.id}/amend`, close, keyed('k-5'))).status, 200);
    t.equal((await admin.post(`/api/units/${b.id}/amend`, close, keyed('k-5'))).status, 422);
  });

  t.test('twins at once: one row, one answer', async (t) => {
    const twins = await Promise.all(
      Array.from({ length: 12 }, () => admin.post<Unit>('/api/units', unit('双生科'), keyed('twin'))),
    );
    t.same(new Set(twins.map(({ status }) => status)), new Set([201]));
    t.equal(new Set(twins.map(({ body }) => body.id)).size, 1);
    t.equal(twins.filter(({ headers }) => headers.get('idempotency-replayed') === null).length, 1);
    t.equal(await countOf('双生科'), 1);
    t.equal(await entriesOf(twins[0]!.body.id), 1);
  });

  t.test('two people with the same key at once are two requests', async (t) => {
    const officer = await as('intake_officer');
    const party = { kind: 'company', name: '成都同名食品有限公司' };
    const answers = await Promise.all(
      [officer, await as('case_officer')].map((client) =>
        client.post<{ id: string }>('/api/parties', party, keyed('same')),
      ),
    );
    for (const { headers, status, body } of answers) {
      t.equal(status, 201, JSON.stringify(body));
      t.equal(headers.get('idempotency-replayed'), null);
    }
    t.not(answers[0]!.body.id, answers[1]!.body.id);
  });

  t.test('a failed first try leaves the key free', async (t) => {
    t.equal((await admin.post('/api/units', unit('一科'), keyed('free'))).status, 409);
    const { status } = await admin.post('/api/units', unit('七科'), keyed('free'));
    t.equal(status, 201);
    t.equal((await admin.post('/api/units', { kind: 'moon', name: '月' }, keyed('bad'))).status, 400);
    t.equal((await admin.post('/api/units', unit('八科'), keyed('bad'))).status, 201);
  });

  t.test('too long or empty: 400', async (t) => {
    for (const key of ['x'.repeat(201), '']) {
      const refused = await admin.post<Problem>('/api/units', unit('九科'), keyed(key));
      t.match(refused, { status: 400, body: { code: 'request.bad_header' } });
    }
    t.equal((await admin.post('/api/units', unit('九科'), keyed('x'.repeat(200)))).status, 201);
  });

  t.test('the secret of a new key or user is kept nowhere, with or without one', async (t) => {
    const key = { name: '接口', permissions: ['unit.read'] };
    const made = await admin.post<{ key: string }>('/api/api-keys', key, keyed('secret'));
    t.equal(made.status, 201);
    const kept = JSON.stringify(await owner.selectFrom('idempotencyKeys').selectAll().execute());
    t.notMatch(kept, made.body.key);
    t.notMatch(kept, deps.config.secrets.vaultKeys ?? '-');
  });

  t.test('a repeat by who has logged out is refused like any other request', async (t) => {
    const once = await makeClient(url).logIn('administrator', filled.password);
    await once.post('/api/units', unit('十科'), keyed('gone'));
    await once.post('/api/logout');
    t.equal((await once.post('/api/units', unit('十科'), keyed('gone'))).status, 401);
  });
});

t.test('If-Match', async (t) => {
  const { as } = await testApp(t);
  const admin = await as('administrator');
  const made = await admin.post<Unit>('/api/units', { kind: 'section', name: '版本科' });
  const path = `/api/units/${made.body.id}/amend`;
  const match = (value: string) => ({ headers: { 'if-match': value } });
  t.equal(made.headers.get('etag'), '"1"');

  t.test('the version that was seen goes through, and the new one comes back', async (t) => {
    const { status, headers } = await admin.post(path, { name: '版本二科' }, match('"1"'));
    t.same([status, headers.get('etag')], [200, '"2"']);
  });

  t.test('an older one: 412, and nothing is lost', async (t) => {
    const refused = await admin.post<Problem>(path, { name: '版本三科' }, match('"1"'));
    t.match(refused, { status: 412, body: { code: 'request.stale' } });
    const { items } = (await admin.get<{ items: Unit[] }>('/api/units')).body;
    t.match(
      items.find(({ id }) => id === made.body.id),
      { name: '版本二科', version: 2 },
    );
  });

  t.test('two at once with the same: one goes through', async (t) => {
    const both = await Promise.all(
      ['甲科', '乙科'].map((name) => admin.post<Unit>(path, { name }, match('"2"'))),
    );
    t.same(new Set(both.map(({ status }) => status)), new Set([200, 412]));
  });

  t.test('any version, and as a proxy weakens it', async (t) => {
    t.equal((await admin.post(path, { name: '任意科' }, match('*'))).status, 200);
    t.equal((await admin.post(path, { name: '弱科' }, match('W/"4"'))).status, 200);
  });

  t.test('what is no version: 400', async (t) => {
    for (const value of ['"x"', '"1", "2"', '""', '-1', '1.5', '99999999999']) {
      const refused = await admin.post<Problem>(path, { name: '坏科' }, match(value));
      t.match(refused, { status: 400, body: { code: 'request.bad_header' } }, value);
    }
  });
});

t.test('the limit a minute', async (t) => {
  const { url, anonymous, filled } = await testApp(t, { RATE_LIMIT_PER_MINUTE: '20' });
  const untilRefused = async (ask: () => Promise<{ status: number }>): Promise<number> => {
    for (let asked = 0; asked < 50; asked += 1) if ((await ask()).status === 429) return asked;
    return 50;
  };
  const me = await makeClient(url).logIn('auditor', filled.password);
  const colleague = await makeClient(url).logIn('dispatcher', filled.password);

  t.test('is each person’s own, though a whole bureau stands behind one address', async (t) => {
    t.equal(await untilRefused(() => me.get('/api/me')), 20);
    const refused = await me.get<Problem>('/api/me');
    t.match(refused.body, { code: 'request.too_many', status: 429 });
    const seconds = Number(refused.headers.get('retry-after'));
    t.ok(seconds > 0 && seconds <= 60, String(seconds));
    t.match(refused.body.detail, `${seconds} 秒`);
    t.equal((await colleague.get('/api/me')).status, 200);
  });

  t.test('counts strangers and unknown keys by address', async (t) => {
    let guess = 0;
    const asked = await untilRefused(() => {
      guess += 1;
      return anonymous().get('/api/me', { headers: { authorization: `Bearer shian_${guess}` } });
    });
    t.ok(asked <= 20, `${asked} guesses`);
    t.equal((await anonymous().get('/openapi.json')).status, 429);
    t.equal((await anonymous().get('/healthz')).status, 200, 'a probe is never refused');
  });
});
