import t from 'tap';
import { addBureau, addUser, hashChosenPassword } from '../../src/modules/identity/index.ts';
import { resolveParty, partyBlock } from '../../src/modules/parties/index.ts';
import { inTx } from '../../src/context.ts';
import { contextOf } from '../../src/deps.ts';
import { testApp, type TestApp } from '../app.ts';

type Party = Record<string, unknown> & { id: string; version: number };
type Problem = { code: string; errors?: { field: string; code: string; message: string }[] };

const COMPANY = { kind: 'company', name: '成都演示牧香食品有限公司', uscc: '91510114MA6DEMO12' };
const PERSON_ID = '11010519491231002X';

/** A credit code of the right shape whose check character is computed here, apart from the code under test. */
function uscc(body: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const sum = Array.from(body).reduce((total, c, i) => total + alphabet.indexOf(c) * (3 ** i % 31), 0);
  return body + alphabet[(31 - (sum % 31)) % 31];
}

const USCC = uscc('91510114MA6200000');

/** A case officer of another bureau. */
async function outsider({ ctx, anonymous }: TestApp) {
  const password = 'Another-Pass-77';
  const passwordHash = await hashChosenPassword(password, 'other-officer');
  await inTx(ctx(), async (tx) => {
    const bureauId = await addBureau(tx, {
      areaCode: '510115',
      name: '温江区市场监督管理局',
      shortName: '温江',
    });
    const home = { bureauId, laboratoryId: null, unitId: null, passwordHash, mustChangePassword: false };
    await addUser(tx, { login: 'other-officer', name: '钱办案', roleKeys: ['case_officer'], ...home });
  });
  return anonymous().logIn('other-officer', password);
}

t.test('parties', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const intake = await app.as('intake_officer');
  const other = await outsider(app);
  const register = (body: unknown) => intake.post<Party & Problem>('/api/parties', body);

  t.test('a company with a right credit code is kept in its written form', async (t) => {
    const { status, body, headers } = await register({ ...COMPANY, uscc: ` ${USCC.toLowerCase()} ` });
    t.equal(status, 201);
    t.match(body, { name: COMPANY.name, uscc: USCC, idNumberMasked: null, version: 1, mergedFrom: null });
    t.equal(headers.get('etag'), '"1"');
    const audit = await app.owner
      .selectFrom('auditEntries')
      .selectAll()
      .where('subjectId', '=', body.id)
      .execute();
    t.match(audit, [{ action: 'party.register', actorId: app.filled.users.intake_officer!.id }]);
    t.equal(audit.length, 1);
  });

  t.test('a wrong credit code is a field error; the same code is the same party', async (t) => {
    const wrong = await register({ ...COMPANY, uscc: '91510114MA6DEMO123' });
    t.equal(wrong.status, 422);
    t.equal(wrong.body.code, 'party.codes_wrong');
    t.match(wrong.body.errors, [{ field: 'uscc', code: /^uscc\./ }]);
    const again = await register({ ...COMPANY, name: '另一个名字', uscc: USCC });
    t.equal(again.status, 409);
    t.equal(again.body.code, 'party.uscc_taken');
    const person = await register({ kind: 'person', name: '王某', uscc: USCC });
    t.match(person.body.errors, [{ field: 'uscc', code: 'party.person_without_uscc' }]);
  });

  t.test("a wrong licence figure is taken with a warning, in the reader's language", async (t) => {
    const { status, body } = await register({
      kind: 'sole_trader',
      name: '演示卤肉店',
      foodLicence: 'JY21304010003620',
    });
    t.equal(status, 201);
    t.match(body.warnings, [{ field: 'foodLicence', code: 'jy_licence.check_digit' }]);
    const english = await officer.get<{ warnings: { message: string }[] }>(`/api/parties/${body.id}`, {
      headers: { 'accept-language': 'en' },
    });
    t.match(english.body.warnings[0]!.message, /check/i);
    const old = await register({ kind: 'company', name: '老厂', foodLicence: 'QS510104010001' });
    t.match(old.body.warnings, [{ code: 'food_licence.unknown_form' }]);
    const right = await register({ kind: 'company', name: '好厂', foodLicence: 'SC11351090100010' });
    t.same(right.body.warnings, []);
  });

  t.test(
    'an identity number is sealed, masked, shown by permission, and each look is written down',
    async (t) => {
      const { body } = await register({ kind: 'person', name: '陈某某', idNumber: PERSON_ID.toLowerCase() });
      t.equal(body.idNumberMasked, '1101051949****002X');
      const row = await app.owner
        .selectFrom('parties')
        .selectAll()
        .where('id', '=', body.id)
        .executeTakeFirstOrThrow();
      t.notOk(row.idSealed!.toString('latin1').includes(PERSON_ID));
      t.ok(row.idKey, 'it can be found by a keyed hash');
      t.equal((await intake.get(`/api/parties/${body.id}/identity`)).status, 403);
      const look = await officer.get(`/api/parties/${body.id}/identity`);
      t.same(look.body, { idType: 'resident_id', idNumber: PERSON_ID });
      t.equal(look.headers.get('cache-control'), 'no-store');
      const trail = await app.owner
        .selectFrom('auditEntries')
        .selectAll()
        .where('subjectId', '=', body.id)
        .execute();
      t.same(
        trail.map(({ action }) => action),
        ['party.register', 'party.look_at_id'],
      );
      t.notOk(JSON.stringify(trail).includes(PERSON_ID));
      const wrong = await register({ kind: 'person', name: '错', idNumber: '110105194912310021' });
      t.match(wrong.body, {
        code: 'party.codes_wrong',
        errors: [{ field: 'idNumber', code: 'resident_id.check_digit' }],
      });
      t.notOk(JSON.stringify(wrong.body).includes('110105194912310021'), 'an error repeats no number');
    },
  );

  t.test('an identity number is corrected without its trace naming it', async (t) => {
    const { body } = await register({ kind: 'person', name: '赵某', idNumber: PERSON_ID });
    const path = `/api/parties/${body.id}/identity`;
    const set = await officer.post<Party>(path, { idNumber: '440524188001010014', reason: '登记有误' });
    t.equal(set.status, 200);
    t.equal(set.body.idNumberMasked, '4405241880****0014');
    const stale = await officer.post(
      path,
      { idNumber: null, reason: 'x' },
      { headers: { 'if-match': '"1"' } },
    );
    t.equal(stale.status, 412);
    const trail = await app.owner
      .selectFrom('auditEntries')
      .selectAll()
      .where('subjectId', '=', body.id)
      .execute();
    t.notMatch(JSON.stringify(trail), /440524188001010014/);
    t.match(trail.at(-1), { action: 'party.set_identity', detail: { had: true, has: true } });
  });

  t.test('an amendment moves the keys a party is found by', async (t) => {
    const { body } = await register({ kind: 'company', name: '旧名食品厂' });
    const path = `/api/parties/${body.id}/amend`;
    const changes = { name: '新名（成都）食品厂', aliases: ['牛 小香'], foodLicence: 'sc 1135 1090 1000 10' };
    t.equal((await officer.post(path, { changes, reason: '更名' })).status, 200);
    const found = await officer.get<{ items: Party[] }>(`/api/parties?q=${encodeURIComponent('新名(成都)')}`);
    t.match(found.body.items, [{ id: body.id, foodLicence: 'SC11351090100010' }]);
    t.same(
      (await officer.get<{ items: Party[] }>(`/api/parties?q=${encodeURIComponent('旧名食品厂')}`)).body
        .items,
      [],
    );
    const alias = await officer.get<{ items: unknown[] }>(
      `/api/parties/candidates?name=${encodeURIComponent('牛小香')}`,
    );
    t.match(alias.body.items, [{ id: body.id, match: 'alias' }]);
    const wrong = await officer.post<Problem>(path, { changes: { uscc: '91510114MA6DEMO123' }, reason: 'x' });
    t.match(wrong.body, { code: 'party.codes_wrong' });
    const unknown = await officer.post<Problem>(path, { changes: { nameKey: 'x' }, reason: 'x' });
    t.match(unknown, {
      status: 400,
      body: { errors: [{ field: 'changes.nameKey', code: 'field.unknown' }] },
    });
  });

  t.test('candidates: the surest first, with what the bureau has on each', async (t) => {
    const code = uscc('91510114MA6211111');
    const exact = await register({ kind: 'company', name: '蜀香斋食品有限公司', uscc: code });
    await register({ kind: 'company', name: '蜀香斋食品有限公司新繁分店' });
    const byName = await officer.get<{ items: Party[] }>(
      `/api/parties/candidates?name=${encodeURIComponent('蜀香斋 食品有限公司')}`,
    );
    t.match(byName.body.items, [
      { id: exact.body.id, match: 'name', tips: 0, sources: 0 },
      { match: 'similar_name' },
    ]);
    const byCode = await officer.get<{ items: Party[] }>(`/api/parties/candidates?code=${code}`);
    t.match(byCode.body.items, [{ id: exact.body.id, match: 'uscc' }]);
    t.equal(byCode.body.items.length, 1);
    t.equal((await officer.get('/api/parties/candidates')).status, 400);
    const wild = await officer.get<{ items: Party[] }>('/api/parties/candidates?name=%25%25');
    t.same(wild.body.items, [], 'a wildcard is a character');
  });

  t.test('the list pages without losing or repeating one', async (t) => {
    for (let i = 0; i < 5; i += 1) {
      app.setNow(`2024-02-05T10:0${i}:00+08:00`);
      await register({ kind: 'company', name: `分页公司${i}` });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const page: { body: { items: Party[]; next: string | null } } = await officer.get(
        `/api/parties?q=${encodeURIComponent('分页公司')}&limit=2${query}`,
      );
      seen.push(...page.body.items.map(({ name }) => String(name)));
      cursor = page.body.next;
    } while (cursor);
    t.same(
      seen,
      [4, 3, 2, 1, 0].map((i) => `分页公司${i}`),
    );
    t.equal((await officer.get('/api/parties?cursor=x')).status, 400);
  });

  t.test('another bureau sees none of it', async (t) => {
    const { body } = await register({ kind: 'company', name: '只属于新都' });
    for (const path of ['', '/identity', '/history']) {
      t.equal((await other.get(`/api/parties/${body.id}${path}`)).status, 404, path);
    }
    t.equal(
      (await other.post(`/api/parties/${body.id}/amend`, { changes: { name: 'x' }, reason: 'x' })).status,
      404,
    );
    t.same((await other.get('/api/parties')).body.items, []);
    const same = await other.post('/api/parties', { ...COMPANY, uscc: USCC });
    t.equal(same.status, 201, 'the same company can be a party of both bureaus');
  });

  t.test('who may not, may not', async (t) => {
    const auditor = await app.as('auditor');
    t.equal((await auditor.post('/api/parties', COMPANY)).status, 403);
    t.equal((await app.as('laboratory_clerk').then((c) => c.get('/api/parties'))).status, 403);
    t.equal((await app.anonymous().get('/api/parties')).status, 401);
  });

  t.test('other modules name a party by id, by code, or anew; a merged one is its survivor', async (t) => {
    const actor = { ...app.ctx().actor, bureauId: app.filled.bureauId };
    const ctx = contextOf(app.deps, actor, 'test');
    const code = uscc('91510114MA6222222');
    const [a, b, c] = await inTx(
      ctx,
      async (tx) =>
        [
          await resolveParty(tx, { kind: 'company', name: '甲公司', uscc: code }),
          await resolveParty(tx, { kind: 'company', name: '甲公司（另记）', uscc: code.toLowerCase() }),
          await resolveParty(tx, { kind: 'person', name: '乙某', idNumber: PERSON_ID, phone: '13800000001' }),
        ] as const,
    );
    t.equal(b.id, a.id, 'the same code is the same party');
    t.not(c.id, a.id);
    await app.owner.updateTable('parties').set({ mergedInto: a.id }).where('id', '=', c.id).execute();
    const merged = await inTx(ctx, (tx) => resolveParty(tx, { id: c.id }));
    t.equal(merged.id, a.id);
    t.match((await officer.get(`/api/parties/${c.id}`)).body, { id: a.id, mergedFrom: c.id });
    t.match(await partyBlock(ctx, app.filled.bureauId, c.id), { name: '甲公司', uscc: code, idNumber: '' });
    await app.owner.updateTable('parties').set({ mergedInto: null }).where('id', '=', c.id).execute();
    t.match(await partyBlock(ctx, app.filled.bureauId, c.id), {
      name: '乙某',
      idNumber: PERSON_ID,
      phone: '13800000001',
    });
    await t.rejects(
      inTx(ctx, (tx) => resolveParty(tx, { id: ctx.newId() })),
      { code: 'party.unknown' },
    );
  });

  t.test('two at once with one credit code: one party', async (t) => {
    const body = { kind: 'company', name: '同时登记', uscc: uscc('91510114MA6233333') };
    const answers = await Promise.all([register(body), officer.post('/api/parties', body), register(body)]);
    t.same(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 409, 409],
    );
  });
});
