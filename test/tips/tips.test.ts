import t from 'tap';
import { inTx } from '../../src/context.ts';
import { contextOf } from '../../src/deps.ts';
import { concludeSource, type SourceOutcome } from '../../src/modules/sources/index.ts';
import type { TipRow, TipView } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { COMPLAINT, givenTip, offered, outsider, type Problem, REPORT, REPORTER } from './given.ts';

type Answer = TipView & Problem;

t.test('tips', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const officer = await app.as('case_officer');
  const other = await outsider(app);
  const register = (body: object, headers = {}) => intake.post<Answer>('/api/tips', body, { headers });
  const act = (id: string, path: string, body: unknown = {}, headers = {}) =>
    intake.post<Answer>(`/api/tips/${id}/${path}`, body, { headers });
  const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
  const begin = '2024-02-05T10:00:00+08:00';

  t.test('a complaint: numbered, its clock running under Order 20', async (t) => {
    const { status, body, headers } = await register({
      ...COMPLAINT,
      receivedAt: '2024-02-02T16:30:00+08:00',
      competentOn: '2024-02-05',
    });
    t.equal(status, 201);
    t.match(body.number, /^TS2024\d{6,}$/);
    t.match(body, { state: 'received', reporter: 'named', amountFen: 9800, version: 1, decidedOn: null });
    t.match(body.clocks, [{ rule: 'C01o', state: 'running', triggeredOn: '2024-02-05' }]);
    t.equal(headers.get('etag'), '"1"');
    t.same((await intake.get(`/api/tips/${body.id}`)).body, body, 'what was answered is what is read');
  });

  t.test('from 15 April 2026 it runs under Order 121; the competent day decides', async (t) => {
    app.setNow('2026-04-16T10:00:00+08:00');
    const received = { ...COMPLAINT, receivedAt: '2026-04-13T10:00:00+08:00' };
    t.match((await register({ ...received, competentOn: '2026-04-14' })).body.clocks, [{ rule: 'C01o' }]);
    t.match((await register({ ...received, competentOn: '2026-04-15' })).body.clocks, [{ rule: 'C01' }]);
    app.setNow(begin);
  });

  t.test('a report may be anonymous; a complaint not, and it needs what the article asks', async (t) => {
    t.match((await register({ ...REPORT, reporter: undefined })).body, { reporter: 'none', clocks: [] });
    t.match((await register({ ...REPORT, reporter: { anonymous: true, phone: '13800000002' } })).body, {
      reporter: 'anonymous',
    });
    const hidden = await register({ ...COMPLAINT, reporter: { anonymous: true, phone: '13800000002' } });
    t.match(hidden, { status: 422, body: { code: 'tip.complaint_incomplete', article: /第九条第一款/ } });
    const bare = await register({ ...COMPLAINT, demand: undefined, reporter: { name: '甲某某' } });
    t.same(
      bare.body.errors?.map(({ field }) => field),
      ['reporter.phone', 'reporter.address', 'demand'],
    );
    t.equal(
      (await register({ kind: 'enquiry', channel: 'phone', respondent: { name: '不详' }, narrative: '问' }))
        .status,
      201,
    );
  });

  t.test('every act × state × role: the view offers what the route then allows', async (t) => {
    const acts: [string, string, unknown][] = [
      ['accept', 'accept', {}],
      ['refuse', 'refuse', { ground: 1, reasons: '不属于本局职责。' }],
      ['open_source', 'open-source', {}],
      ['split', 'split', { demand: '退款' }],
      ['tell_reporter', 'told', { about: 'other', way: 'phone', content: '已告知。' }],
      ['set_outside_number', 'outside-numbers', null],
    ];
    const states = {
      complaint: ['received', 'accepted', 'refused', 'mediating', 'settled', 'withdrawn'],
      report: ['received', 'verifying', 'case_opened', 'not_filed', 'handed_over'],
      enquiry: ['received', 'answered'],
    } as const;
    let n = 0;
    for (const kind of ['complaint', 'report', 'enquiry'] as const) {
      for (const state of states[kind]) {
        for (const [name, path, body] of acts) {
          for (const role of ['intake_officer', 'case_officer', 'auditor', 'bureau_head']) {
            const { id } = await givenTip(intake, { ...COMPLAINT, kind });
            const refused =
              state === 'refused' ? { refusalGround: 1, refusalReasons: '无', decidedOn: '2024-02-05' } : {};
            await app.owner
              .updateTable('tips')
              .set({ state, ...refused })
              .where('id', '=', id)
              .execute();
            const who = await app.as(role);
            const view = await who.get<TipView>(`/api/tips/${id}`);
            n += 1;
            const sent = body ?? { system: '12345', number: `N${n}` };
            const answer = await who.post<Answer>(`/api/tips/${id}/${path}`, sent);
            const allowed = offered(view.body, name) === 'yes';
            t.equal(
              answer.status < 300,
              allowed,
              `${kind} ${state} ${name} ${role}: ${answer.status} ${answer.body.code}`,
            );
          }
        }
      }
    }
  });

  t.test('accepted and told: C01 is met when he was told, not before', async (t) => {
    const { id } = await givenTip(intake, COMPLAINT);
    const early = await act(id, 'told', { about: 'acceptance', way: 'sms', content: '已受理。' });
    t.match(early.body.clocks, [{ state: 'running' }], 'nothing is decided yet');
    app.setNow('2024-02-08T09:00:00+08:00');
    const { body } = await act(id, 'accept', { note: '材料齐全' });
    t.match(body, { state: 'accepted', decidedOn: '2024-02-08', version: 3 });
    t.match(body.clocks, [{ rule: 'C01o', state: 'running' }], 'the limit is for telling as well');
    const tell = (extra: object) => act(id, 'told', { way: 'phone', content: '已受理。', ...extra });
    const failed = await tell({ about: 'acceptance', failedReason: '无人接听' });
    t.match(failed.body.clocks, [{ state: 'running' }]);
    t.match((await tell({ about: 'refusal' })).body.clocks, [{ state: 'running' }]);
    app.setNow('2024-02-09T09:00:00+08:00');
    const told = await tell({ about: 'acceptance', toldAt: '2024-02-08T16:00:00+08:00' });
    t.match(told.body.clocks, [{ state: 'met', overdue: false, metAt: '2024-02-08T16:00:00+08:00' }]);
    app.setNow('2024-02-05T10:00:00+08:00');
    for (const [path, decision] of [
      ['accept', {}],
      ['refuse', { ground: 1, reasons: '无权限。' }],
    ] as const) {
      const atOnce = await givenTip(intake, COMPLAINT);
      const { body: done } = await act(atOnce.id, path, {
        ...decision,
        told: { way: 'net', content: '告知。' },
      });
      t.match(done, { version: 2, told: [{ way: 'net', arrived: true }] }, path);
      // Accepted the same instant, the limit of mediation may stand first.
      t.match(
        done.clocks.find(({ rule }) => rule === 'C01o'),
        { state: 'met' },
      );
    }
    const hidden = await givenTip(intake, COMPLAINT);
    const before = await act(hidden.id, 'accept', {
      told: { way: 'net', content: '告知。', toldAt: '2020-02-08T16:00:00+08:00' },
    });
    t.match(before, { status: 422, body: { code: 'date.before_start', errors: [{ field: 'toldAt' }] } });
    t.equal(offered(body, 'refuse'), 'workflow.action_not_allowed');
    const again = await act(id, 'accept');
    t.match(again, { status: 409, body: { code: 'workflow.action_not_allowed' } });
    app.setNow(begin);
  });

  t.test('refused by the grounds of the day, with reasons and the other routes', async (t) => {
    const old = await givenTip(intake, COMPLAINT);
    t.match(await act(old.id, 'refuse', { ground: 7, reasons: '其他' }), {
      status: 422,
      body: { code: 'tip.refusal_ground', article: /暂行办法》第十五条/, errors: [{ field: 'ground' }] },
    });
    t.equal((await act(old.id, 'refuse', { ground: 1, reasons: ' ' })).status, 400);
    const { body } = await act(old.id, 'refuse', { ground: 6, reasons: '另有规定。' });
    t.match(body, {
      state: 'refused',
      refusal: { ground: 6, text: /其他情形/, reasons: '另有规定。', otherRoutes: /仲裁/ },
    });
    app.setNow('2026-05-06T10:00:00+08:00');
    const fresh = await givenTip(intake, { ...COMPLAINT, boughtOn: '2026-05-01' });
    const impostor = await act(fresh.id, 'refuse', { ground: 6, reasons: '冒名。' });
    t.match(impostor.body.refusal, {
      text: /冒用他人名义/,
      article: '《市场监督管理投诉举报处理办法》第十六条',
    });
    t.match(
      (await intake.get<TipView>(`/api/tips/${old.id}`)).body.refusal,
      { text: /其他情形/ },
      'the old one stays',
    );
    app.setNow(begin);
  });

  t.test('a letter that is both is split into two linked tips, each with its own clock', async (t) => {
    const report = await givenTip(intake, {
      ...REPORT,
      outsideNumbers: [{ system: '12345', number: 'BOTH-1' }],
    });
    const lacking = await act(report.id, 'split', { narrative: '要求退款。' });
    t.match(lacking, {
      status: 422,
      body: { code: 'tip.complaint_incomplete', errors: [{ field: 'demand' }] },
    });
    const second = await act(report.id, 'split', {
      narrative: '要求退款。',
      demand: '退还98元。',
      amountFen: 9800,
    });
    t.equal(second.status, 201);
    t.match(second.body, {
      kind: 'complaint',
      state: 'received',
      narrative: '要求退款。',
      reporter: 'named',
      splitFrom: { id: report.id, number: report.number },
      outsideNumbers: [],
      clocks: [{ rule: 'C01o', triggeredOn: '2024-02-05' }],
    });
    const first = (await intake.get<TipView>(`/api/tips/${report.id}`)).body;
    t.match(first, { version: 2, splitInto: { id: second.body.id }, narrative: REPORT.narrative });
    t.equal(offered(first, 'split'), 'tip.not_splittable');
    for (const id of [report.id, second.body.id]) {
      t.match(await act(id, 'split', { demand: '再' }), {
        status: 409,
        body: { code: 'tip.not_splittable' },
      });
    }
    const out = await act(report.id, 'open-source');
    t.equal(out.body.state, 'verifying', 'each goes its own way');
  });

  t.test('an anonymous report does not become a complaint', async (t) => {
    const { id } = await givenTip(intake, { ...REPORT, reporter: { anonymous: true, phone: '13800000003' } });
    t.match((await act(id, 'split', { demand: '退款' })).body, { code: 'tip.complaint_incomplete' });
    t.equal(
      (await app.owner.selectFrom('tips').select('id').where('splitFrom', '=', id).execute()).length,
      0,
    );
  });

  /** A report whose source ends in `outcome` on the day. */
  async function concluded(outcome: SourceOutcome, body: object = REPORT): Promise<TipView> {
    const tip = await givenTip(intake, body);
    const sourceId = (await act(tip.id, 'open-source')).body.sources[0]!.id;
    await officer.post(`/api/sources/${sourceId}/verify`, { verifierIds: two });
    const actor = { ...app.ctx().actor, bureauId: app.filled.bureauId };
    await inTx(contextOf(app.deps, actor, 'test'), (tx) => concludeSource(tx, sourceId, outcome));
    return (await intake.get<TipView>(`/api/tips/${tip.id}`)).body;
  }

  t.test(
    'a report opens a source whose outcome becomes its own; a named reporter is to be told',
    async (t) => {
      t.match(await concluded('case_opened'), {
        state: 'case_opened',
        clocks: [{ rule: 'R02o', state: 'running', triggeredOn: '2024-02-05' }],
        sources: [{ state: 'case_opened' }],
      });
      t.match(await concluded('declined'), { state: 'not_filed', clocks: [{ rule: 'R02o' }] });
      t.match(await concluded('handed_over'), { state: 'handed_over', clocks: [] });
      const hidden = { ...REPORT, reporter: { anonymous: true, phone: '13800000004' } };
      t.match(await concluded('declined', hidden), { state: 'not_filed', clocks: [] });
      t.match(await concluded('declined', { ...REPORT, reporter: undefined }), {
        state: 'not_filed',
        clocks: [],
      });
      app.setNow('2026-05-06T10:00:00+08:00');
      t.match(
        await concluded('case_opened'),
        { state: 'case_opened', clocks: [] },
        'the duty ended on 2026-04-14',
      );
      app.setNow(begin);
    },
  );

  t.test('what did not arrive does not meet the duty to tell', async (t) => {
    const { id } = await concluded('declined');
    const tell = (extra: object) =>
      act(id, 'told', { about: 'filing_decision', way: 'phone', content: '不予立案。', ...extra });
    t.match((await tell({ failedReason: '无人接听' })).body.clocks, [{ state: 'running' }]);
    const long = await tell({ toldAt: '2020-02-05T09:00:00+08:00' });
    t.match(long, { status: 422, body: { code: 'date.before_start', errors: [{ field: 'toldAt' }] } });
    const told = await tell({ toldAt: '2024-02-05T10:00:00+08:00' });
    t.match(told.body.clocks, [{ rule: 'R02o', state: 'met' }]);
    t.equal(told.body.told.filter(({ arrived }) => arrived).length, 1);
    t.equal((await tell({ toldAt: '2024-02-06T09:00:00+08:00' })).body.code, 'field.future');
    const nobody = await givenTip(intake, { ...REPORT, reporter: undefined });
    t.match(await act(nobody.id, 'told', { about: 'other', way: 'sms', content: '您好' }), {
      status: 409,
      body: { code: 'tip.nobody_to_tell' },
    });
    const enquiry = await givenTip(intake, { ...COMPLAINT, kind: 'enquiry' });
    const answered = await act(enquiry.id, 'told', { about: 'answer', way: 'phone', content: '答' });
    t.equal(answered.body.state, 'answered');
  });

  t.test(
    'outside numbers: several, each once per system, free again when its tip was a mistake',
    async (t) => {
      const tip = await givenTip(intake, {
        ...REPORT,
        outsideNumbers: [
          { system: '12345', number: 'CD1', theirState: '办理中' },
          { system: '12315', number: 'CD1' },
        ],
      });
      const taken = await register({ ...REPORT, outsideNumbers: [{ system: '12345', number: 'CD1' }] });
      t.match(taken, { status: 409, body: { code: 'tip.outside_number_taken' } });
      const found = await intake.get<{ items: TipRow[] }>('/api/tips?outsideNumber=CD1');
      t.match(found.body.items, [{ id: tip.id, outsideNumbers: [{ system: '12315' }, { system: '12345' }] }]);
      const answered = await act(tip.id, `outside-numbers/${tip.outsideNumbers[1]!.id}`, {
        theirState: '已办结',
        answeredOn: '2024-02-05',
      });
      t.match(answered.body.outsideNumbers, [
        { theirState: null },
        { theirState: '已办结', answeredOn: '2024-02-05' },
      ]);
      const future = await act(tip.id, `outside-numbers/${tip.outsideNumbers[1]!.id}`, {
        answeredOn: '2024-02-06',
      });
      t.equal(future.body.code, 'field.future');
      const elsewhere = await givenTip(intake, REPORT);
      const foreign = await act(elsewhere.id, `outside-numbers/${tip.outsideNumbers[1]!.id}`, {
        theirState: 'x',
      });
      t.equal(foreign.status, 404, 'a child is fetched through its parent');
      t.equal((await act(elsewhere.id, 'outside-numbers', { system: 'pigeon', number: '1' })).status, 422);
      await officer.post(`/api/tips/${tip.id}/void`, { reason: '误录' });
      t.equal((await act(elsewhere.id, 'outside-numbers', { system: '12345', number: 'CD1' })).status, 201);
      t.equal(
        (await other.post('/api/tips', { ...REPORT, outsideNumbers: [{ system: '12315', number: 'CD1' }] }))
          .status,
        201,
      );
    },
  );

  t.test('a corrected day moves the clock; what was built upon is not voided', async (t) => {
    const { id } = await givenTip(intake, {
      ...COMPLAINT,
      receivedAt: '2024-02-01T10:00:00+08:00',
      competentOn: '2024-02-05',
    });
    const amend = (changes: object) =>
      intake.post<Problem>(`/api/tips/${id}/amend`, { changes, reason: '登记有误' });
    t.equal((await amend({ competentOn: '2024-02-02' })).status, 200);
    t.match((await intake.get<TipView>(`/api/tips/${id}`)).body.clocks, [{ triggeredOn: '2024-02-02' }]);
    t.equal((await amend({ competentOn: '2024-01-31' })).body.code, 'tip.competent_before_received');
    t.equal((await amend({ channel: 'pigeon' })).status, 422);
    t.equal((await amend({ state: 'accepted' })).status, 400);
    t.equal((await intake.post(`/api/tips/${id}/void`, { reason: '误录' })).status, 200);
    const voided = await intake.get<TipView>(`/api/tips/${id}`);
    t.match(voided.body, { voidReason: '误录', clocks: [{ state: 'cancelled' }] });
    t.equal(offered(voided.body, 'accept'), 'record.void');
    const report = await givenTip(intake);
    await act(report.id, 'open-source');
    t.match(await intake.post<Problem>(`/api/tips/${report.id}/void`, { reason: 'x' }), {
      status: 409,
      body: { code: 'tip.void_too_late' },
    });
  });

  t.test('two officers at once: one wins; a stale page is told; a double click makes one', async (t) => {
    const { id } = await givenTip(intake, COMPLAINT);
    const both = await Promise.all([act(id, 'accept'), act(id, 'refuse', { ground: 1, reasons: '无权限' })]);
    t.same(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    const stale = await act(id, 'told', { about: 'other', way: 'sms', content: 'x' }, { 'if-match': '"1"' });
    t.match(stale, { status: 412, body: { code: 'request.stale' } });
    const key = { 'idempotency-key': 'click' };
    const twice = await Promise.all([register(COMPLAINT, key), register(COMPLAINT, key)]);
    t.same(
      twice.map(({ status }) => status),
      [201, 201],
    );
    t.equal(twice[0].body.id, twice[1].body.id);
    const rows = await app.owner.selectFrom('tips').select('id').where('id', '=', twice[0].body.id).execute();
    t.equal(rows.length, 1);
    t.match(await register({ ...COMPLAINT, amountFen: 1 }, key), {
      status: 422,
      body: { code: 'request.idempotency_key_reused' },
    });
    const failed = await register({ ...COMPLAINT, demand: undefined }, { 'idempotency-key': 'failed' });
    const mended = await register(COMPLAINT, { 'idempotency-key': 'failed' });
    t.same([failed.status, mended.status], [422, 201], 'a refused request does not use its key up');
  });

  t.test('another bureau sees none of it', async (t) => {
    const { id } = await givenTip(intake);
    for (const path of ['', '/reporter', '/history'])
      t.equal((await other.get(`/api/tips/${id}${path}`)).status, 404, path);
    const bodies: [string, unknown][] = [
      ['accept', {}],
      ['split', {}],
      ['open-source', {}],
      ['outside-numbers', { system: '12345', number: 'X' }],
      ['told', { about: 'other', way: 'sms', content: 'x' }],
      ['reporter', { reporter: REPORTER, reason: 'x' }],
      ['amend', { changes: { demand: 'x' }, reason: 'x' }],
    ];
    for (const [path, body] of bodies)
      t.equal((await other.post(`/api/tips/${id}/${path}`, body)).status, 404, path);
  });

  t.test("the lists of the forms speak the caller's language", async (t) => {
    const zh = await intake.get<{
      channels: { key: string; name: string }[];
      refusalGrounds: { grounds: unknown[] };
    }>('/api/tips/lists');
    t.match(
      zh.body.channels.find(({ key }) => key === '12345'),
      { name: '12345热线转办' },
    );
    t.equal(zh.body.refusalGrounds.grounds.length, 6);
    const en = await intake.get<{ channels: { name: string }[] }>('/api/tips/lists', {
      headers: { 'accept-language': 'en' },
    });
    t.equal(en.body.channels[0]!.name, 'National 12315 platform');
  });
});
