import t from 'tap';
import { inTx } from '../../src/context.ts';
import { contextOf } from '../../src/deps.ts';
import { concludeSource, caseSourcePaper } from '../../src/modules/sources/index.ts';
import { SourceOrigin, type SourceView } from '../../src/modules/sources/schemas.ts';
import { testApp } from '../app.ts';
import { decide, givenSource, offered, outsider, type Problem } from '../tips/given.ts';

type Answer = SourceView & Problem;

t.test('sources', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const unitHead = await app.as('unit_head');
  const head = await app.as('bureau_head');
  const auditor = await app.as('auditor');
  const other = await outsider(app);
  const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
  const post = (path: string, body: unknown, headers = {}) =>
    officer.post<Answer>(`/api/sources/${path}`, body, { headers });

  /** A source under verification, its findings recorded. */
  async function verified(): Promise<SourceView> {
    const source = await givenSource(officer);
    await post(`${source.id}/verify`, { verifierIds: two });
    return (await post(`${source.id}/verification`, { verification: '已到现场核查。' })).body;
  }

  t.test('a source takes the next number and R01 runs from the day it was found', async (t) => {
    const first = await givenSource(officer, { foundOn: '2024-02-05', origin: 'assignment' });
    app.setNow('2024-02-05T10:01:00+08:00');
    const second = await givenSource(officer);
    t.equal(first.number, '新都市监案源〔2024〕1号');
    t.equal(second.number, '新都市监案源〔2024〕2号');
    t.match(first, { state: 'registered', origin: 'assignment', version: 1, tipNumber: null });
    // 15 working days over the Spring Festival of 2024: 9 February worked, 18 February made up.
    t.match(first.clocks, [
      { rule: 'R01', state: 'running', triggeredOn: '2024-02-05', rawOn: '2024-03-01' },
    ]);
    const listed = await officer.get<{ items: { id: string; dueOn: string }[] }>('/api/sources?limit=1');
    t.match(listed.body.items, [{ id: second.id, dueOn: '2024-03-01' }]);
  });

  t.test('what cannot be is refused', async (t) => {
    const body = { origin: 'media', foundOn: '2024-02-05', partyName: '某店', content: '报道' };
    const register = (change: object) => officer.post<Answer>('/api/sources', { ...body, ...change });
    t.match((await register({ foundOn: '2024-02-06' })).body, {
      code: 'field.future',
      errors: [{ field: 'foundOn' }],
    });
    t.match((await register({ foundOn: '2024-02-30' })).body.errors, [
      { field: 'foundOn', code: 'field.day' },
    ]);
    t.match((await register({ origin: 'rumour' })).body.errors, [{ field: 'origin', code: 'field.choice' }]);
    t.match((await register({ origin: 'tip' })).body, { code: 'source.tip_opens_it' });
    t.match((await register({ partyName: undefined })).body.errors, [
      { field: 'partyName', code: 'field.required' },
    ]);
    t.match((await register({ state: 'declined' })).body.errors, [{ field: 'state', code: 'field.unknown' }]);
    t.match((await register({ content: 'a\u0000b' })).body.errors, [{ code: 'field.control_characters' }]);
    t.equal((await register({ content: '牛'.repeat(20_001) })).status, 400);
    t.equal(
      (await register({ party: { id: '00000000-0000-7000-8000-000000000000' } })).body.code,
      'party.unknown',
    );
    const partly = await register({ party: { kind: 'company' } });
    t.match(partly.body.errors, [{ field: 'party.name', code: 'field.required' }]);
  });

  t.test('a party entered with the source is the party of the source', async (t) => {
    const source = await givenSource(officer, {
      partyName: undefined,
      party: { kind: 'company', name: '乙食品公司' },
    });
    t.equal(source.partyName, '乙食品公司');
    t.match((await officer.get(`/api/parties/${source.partyId}`)).body, { name: '乙食品公司' });
  });

  t.test('two certified officers verify (K1)', async (t) => {
    const { id } = await givenSource(officer);
    const one = await post(`${id}/verify`, { verifierIds: [two[0], two[0]] });
    t.match(one, { status: 422, body: { code: 'officer.two_certified', gate: 'K1' } });
    const uncertified = await post(`${id}/verify`, {
      verifierIds: [two[0], app.filled.users.intake_officer!.id],
    });
    t.equal(uncertified.body.code, 'officer.two_certified');
    const both = await post(`${id}/verify`, { verifierIds: two });
    t.match(both.body, { state: 'verifying', version: 2 });
    t.same(both.body.verifiers.map((person) => person.id).toSorted(), two.toSorted());
  });

  t.test('every act × state × role: the view offers what the route then allows', async (t) => {
    const acts: [string, string, unknown][] = [
      ['verify', 'verify', { verifierIds: two }],
      ['record_verification', 'verification', { verification: '又核查。' }],
      ['exclude', 'exclusions', { from: '2024-02-05', to: '2024-02-05', ground: 'testing' }],
      ['extend', 'extend', { grounds: '案情复杂。' }],
      ['decline', 'decline', { ground: 'no_fault', reasons: '无主观过错。' }],
      ['hand_over', 'hand-over', { agency: '农业农村局', reasons: '不属本部门。' }],
    ];
    const states = ['registered', 'verifying', 'case_opened', 'declined', 'handed_over'] as const;
    for (const state of states) {
      for (const [act, path, body] of acts) {
        for (const role of ['case_officer', 'intake_officer', 'auditor', 'bureau_head', 'laboratory_clerk']) {
          const { id } = await givenSource(officer);
          await app.owner
            .updateTable('sources')
            .set({ state, verification: '已核查' })
            .where('id', '=', id)
            .execute();
          const who = await app.as(role);
          const view = await who.get<SourceView>(`/api/sources/${id}`);
          const answer = await who.post<Answer>(`/api/sources/${id}/${path}`, body);
          const allowed = view.status === 200 && offered(view.body, act) === 'yes';
          t.equal(
            answer.status < 300,
            allowed,
            `${state} ${act} ${role}: ${answer.status} ${answer.body.code}`,
          );
          if (view.status !== 200) t.equal(answer.status, 403);
        }
      }
    }
  });

  t.test('testing does not count', async (t) => {
    const { id } = await givenSource(officer);
    const exclude = (from: string, to: string, documentId?: string) =>
      post(`${id}/exclusions`, { from, to, ground: 'testing', documentId });
    const isRefused = (answer: { status: number; body: Answer }, field: string, code: string) =>
      t.match(
        answer,
        { status: 422, body: { code, article: /第十八条第二款/, errors: [{ field, code }] } },
        code,
      );
    isRefused(await exclude('2024-02-19', '2024-02-23'), 'to', 'source.exclusion_future');
    app.setNow('2024-02-26T09:00:00+08:00');
    const excluded = await exclude('2024-02-19', '2024-02-23');
    t.equal(excluded.status, 200);
    t.match(excluded.body.clocks, [{ rule: 'R01', rawOn: '2024-03-08', exclusions: 1 }]);
    isRefused(await exclude('2024-02-23', '2024-02-19'), 'to', 'source.exclusion_reversed');
    isRefused(await exclude('2024-02-04', '2024-02-19'), 'from', 'source.exclusion_too_early');
    const nothing = '00000000-0000-7000-8000-000000000000';
    isRefused(await exclude('2024-02-26', '2024-02-26', nothing), 'documentId', 'source.exclusion_paper');
    isRefused(await exclude('2024-02-26', '2099-02-26', nothing), 'to', 'source.exclusion_too_long');
    app.setNow('2024-06-03T09:00:00+08:00');
    isRefused(await exclude('2024-03-09', '2024-03-12'), 'from', 'source.exclusion_after_end');
    t.match(
      (await exclude('2024-03-08', '2024-03-12')).body.clocks,
      [{ exclusions: 2 }],
      'what lies in its run is taken out later too',
    );
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  t.test('fifteen working days more, if the head agrees, once', async (t) => {
    const { id } = await givenSource(officer);
    const asked = await post(`${id}/extend`, { grounds: '需待检验结论。' });
    t.match(asked.body.pendingApprovals, [{ matter: 'source.extend' }]);
    t.equal(offered(asked.body, 'extend'), 'source.decision_pending');
    t.equal((await post(`${id}/extend`, { grounds: '再问' })).body.code, 'source.decision_pending');
    t.match(asked.body.clocks, [{ rawOn: '2024-03-01' }], 'asking moves nothing');
    t.equal((await decide(app, id, 'approved')).status, 200);
    const after = await officer.get<SourceView>(`/api/sources/${id}`);
    t.match(after.body.clocks, [{ rule: 'R01', extensions: 1, rawOn: '2024-03-22' }]);
    t.match(await post(`${id}/extend`, { grounds: '再问' }), {
      status: 409,
      body: { code: 'source.already_extended', article: /第十八条/ },
    });
  });

  t.test('an extension refused leaves the clock; one too late is refused', async (t) => {
    const { id } = await givenSource(officer);
    await post(`${id}/extend`, { grounds: '甲' });
    await decide(app, id, 'refused');
    t.match((await officer.get<SourceView>(`/api/sources/${id}`)).body.clocks, [{ extensions: 0 }]);
    t.equal((await post(`${id}/extend`, { grounds: '乙' })).status, 200);
    app.setNow('2024-03-02T10:00:00+08:00');
    t.match(await decide(app, id, 'approved'), { status: 409, body: { code: 'clock.extend_too_late' } });
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  t.test('not filing: ground of article 20, the head decides, nobody of those who verified', async (t) => {
    const unverified = await givenSource(officer);
    await post(`${unverified.id}/verify`, { verifierIds: two });
    const body = { ground: 'minor_corrected', reasons: '已改正，无危害后果。' };
    t.match(await post(`${unverified.id}/decline`, body), {
      status: 422,
      body: { code: 'source.not_verified' },
    });
    t.equal((await post(`${unverified.id}/decline`, { ...body, ground: 'whim' })).status, 400);
    const { id } = await verified();
    const asked = await post(`${id}/decline`, body);
    t.match(asked.body, { state: 'verifying', declineGround: 'minor_corrected' });
    t.equal(offered(asked.body, 'hand_over'), 'source.decision_pending');
    await decide(app, id, 'refused');
    t.match((await officer.get(`/api/sources/${id}`)).body, { state: 'verifying', declineGround: null });
    await post(`${id}/decline`, body);
    t.equal((await decide(app, id, 'approved')).status, 200);
    const declined = await officer.get<SourceView>(`/api/sources/${id}`);
    t.match(declined.body, { state: 'declined', declineGround: 'minor_corrected' });
    t.match(declined.body.clocks, [{ rule: 'R01', state: 'met' }]);
    t.equal(offered(declined.body, 'extend'), 'workflow.action_not_allowed');
  });

  t.test('handed over to the agency whose it is', async (t) => {
    const { id } = await verified();
    const handed = await post(`${id}/hand-over`, { agency: '新都区农业农村局', reasons: '生猪屠宰环节。' });
    t.match(handed.body, { state: 'handed_over', handedTo: '新都区农业农村局', clocks: [{ state: 'met' }] });
  });

  t.test('a case concludes it; a second one changes nothing', async (t) => {
    const { id } = await verified();
    const actor = { ...app.ctx().actor, bureauId: app.filled.bureauId };
    const conclude = () =>
      inTx(contextOf(app.deps, actor, 'test'), (tx) => concludeSource(tx, id, 'case_opened'));
    await conclude();
    const once = await officer.get<SourceView>(`/api/sources/${id}`);
    t.match(once.body, { state: 'case_opened', clocks: [{ state: 'met' }] });
    await conclude();
    t.equal((await officer.get<SourceView>(`/api/sources/${id}`)).body.version, once.body.version);
    const fresh = await givenSource(officer);
    await t.rejects(
      inTx(contextOf(app.deps, actor, 'test'), (tx) => concludeSource(tx, fresh.id, 'case_opened')),
      { code: 'workflow.action_not_allowed' },
      'nothing is filed that nobody verified',
    );
  });

  t.test('a corrected day moves the clock; a voided source has none', async (t) => {
    const { id } = await givenSource(officer, { foundOn: '2024-02-05' });
    const amend = (foundOn: string) =>
      officer.post(`/api/sources/${id}/amend`, { changes: { foundOn }, reason: '有误' });
    t.equal((await amend('2024-02-01')).status, 200);
    t.match((await officer.get<SourceView>(`/api/sources/${id}`)).body.clocks, [
      { triggeredOn: '2024-02-01' },
    ]);
    t.equal((await amend('2024-02-06')).status, 422);
    t.equal((await officer.post(`/api/sources/${id}/void`, { reason: '重复登记' })).status, 200);
    const voided = await officer.get<SourceView>(`/api/sources/${id}`);
    t.match(voided.body, { clocks: [{ state: 'cancelled' }], voidReason: '重复登记' });
    t.equal(offered(voided.body, 'verify'), 'record.void');
    t.match(await post(`${id}/verify`, { verifierIds: two }), { status: 409, body: { code: 'record.void' } });
  });

  t.test('the head is not asked for more time when it is over', async (t) => {
    const { id } = await givenSource(officer);
    app.setNow('2024-03-01T23:59:00+08:00');
    t.equal(offered((await officer.get<SourceView>(`/api/sources/${id}`)).body, 'extend'), 'yes', 'last day');
    app.setNow('2024-03-02T10:00:00+08:00');
    const late = await post(`${id}/extend`, { grounds: '案情复杂。' });
    t.match(late, { status: 409, body: { code: 'source.extend_too_late', article: /第十八条/ } });
    const view = (await officer.get<SourceView>(`/api/sources/${id}`)).body;
    t.equal(offered(view, 'extend'), 'source.extend_too_late');
    t.equal(view.pendingApprovals.length, 0);
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  t.test('what the head is asked about, or something rests on, is not voided', async (t) => {
    const cannotVoid = async (id: string, code: string): Promise<void> => {
      t.equal(offered((await officer.get<SourceView>(`/api/sources/${id}`)).body, 'void'), code);
      t.match(await post(`${id}/void`, { reason: '误录' }), { status: 409, body: { code } });
    };
    const asked = await verified();
    await post(`${asked.id}/decline`, { ground: 'no_fault', reasons: '无过错。' });
    await cannotVoid(asked.id, 'source.decision_pending');
    await app.owner.updateTable('sources').set({ voidedAt: new Date() }).where('id', '=', asked.id).execute();
    t.match(await decide(app, asked.id, 'approved'), { status: 409, body: { code: 'record.void' } });
    const used = await verified();
    const filing = {
      sourceId: used.id,
      party: { kind: 'company', name: '丙食品公司' },
      title: '涉嫌案',
      cause: '冒充',
      facts: '经查。',
      basis: '依法。',
      jurisdictionBasis: '本区。',
      officerIds: two,
    };
    const filed = await officer.post<{ id: string }>('/api/cases', filing);
    await cannotVoid(used.id, 'source.in_use');
    await decide(app, filed.body.id, 'refused');
    t.equal(
      (await post(`${used.id}/void`, { reason: '误录' })).status,
      200,
      'a case declined rests on nothing',
    );
    const users: [string, object][] = [
      ['/api/inspections', { subjectMatter: '食品', place: '演示路' }],
      ['/api/clue-notices', { recipient: '公安', content: '线索。' }],
    ];
    for (const [path, body] of users) {
      const { id } = await givenSource(officer);
      t.equal((await officer.post(path, { ...body, sourceId: id })).status, 201, path);
      await cannotVoid(id, 'source.in_use');
    }
  });

  t.test('two at once: one wins, the stale one is told', async (t) => {
    const { id } = await givenSource(officer);
    const ifMatch = { 'if-match': '"1"' };
    const acts = await Promise.all([
      post(`${id}/verify`, { verifierIds: two }, ifMatch),
      unitHead.post<Answer>(`/api/sources/${id}/verify`, { verifierIds: two }, { headers: ifMatch }),
    ]);
    t.same(
      acts.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 412],
    );
    const body = { origin: 'media', foundOn: '2024-02-05', partyName: '一次', content: '一次' };
    const key = { headers: { 'idempotency-key': 'source-once' } };
    const twice = await Promise.all([
      officer.post<Answer>('/api/sources', body, key),
      officer.post<Answer>('/api/sources', body, key),
    ]);
    t.same(
      twice.map(({ status }) => status),
      [201, 201],
    );
    t.equal(twice[0].body.id, twice[1].body.id);
    const changed = await officer.post<Answer>('/api/sources', { ...body, content: '两次' }, key);
    t.match(changed, { status: 422, body: { code: 'request.idempotency_key_reused' } });
  });

  t.test('another bureau sees none of it', async (t) => {
    const { id } = await givenSource(officer);
    t.equal((await other.get(`/api/sources/${id}`)).status, 404);
    t.equal((await other.post(`/api/sources/${id}/verify`, { verifierIds: two })).status, 404);
    t.same((await other.get('/api/sources')).body.items, []);
    t.equal((await auditor.get(`/api/sources/${id}`)).status, 200);
    t.equal((await head.post('/api/sources', {})).status, 403);
  });

  t.test('form #1 says who sent it', async (t) => {
    const sent = await givenSource(officer, {
      origin: 'hand_over',
      providerOrganisation: '新都区公安分局',
      providerName: '黄警官',
      providerContact: '028-80000000',
      partyAddress: '新繁街道1号',
    });
    const paper = await caseSourcePaper(app.deps.db, app.filled.bureauId, sent.id);
    t.match(paper, {
      registrationNo: sent.number,
      source: 'handover',
      sender: { name: '新都区公安分局', contactPerson: '黄警官', phone: '028-80000000' },
      party: { name: '某作坊', address: '新繁街道1号' },
      registrar: app.filled.users.case_officer!.name,
      registeredOn: '2024-02-05',
    });
    for (const origin of SourceOrigin.options.filter((one) => one !== 'tip')) {
      const { id } = await givenSource(officer, { origin, providerName: '甲', providerOrganisation: '乙局' });
      const filled = await caseSourcePaper(app.deps.db, app.filled.bureauId, id);
      for (const template of app.deps.papers.templates.get('case-source-registration') ?? []) {
        t.ok(
          template.blanks.safeParse(filled).success,
          `${origin} fits the form, version ${template.version}`,
        );
      }
    }
    const media = await caseSourcePaper(app.deps.db, app.filled.bureauId, (await givenSource(officer)).id);
    t.match(media, { source: 'other', sourceOther: '媒体报道' });
    await t.rejects(caseSourcePaper(app.deps.db, sent.id, sent.id), { code: 'request.not_found' });
  });
});
