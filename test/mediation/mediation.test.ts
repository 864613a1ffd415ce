import t from 'tap';
import type { MediationView } from '../../src/modules/mediation/schemas.ts';
import type { SourceView } from '../../src/modules/sources/schemas.ts';
import { testApp } from '../app.ts';
import { decide, offered, REPORTER } from '../tips/given.ts';
import { accepted, begin, SETTLED } from './given.ts';

t.test('the mediation of a complaint', async (t) => {
  const app = await testApp(t);
  const at = (day: string) => app.setNow(`${day}T10:00:00+08:00`);

  t.test('its limit is that of the day of acceptance', async (t) => {
    const old = await accepted(app, '2024-06-28');
    t.match(await old.clock('C02o'), { state: 'running', rawOn: '2024-08-30' }, '45 working days');
    const between = await accepted(app, '2024-07-01');
    t.match(
      await between.clock('C02'),
      { rawOn: '2024-08-30' },
      '60 days, though Order 20 said 45 working days',
    );
    const now = await accepted(app, '2026-05-11');
    t.match(await now.clock('C02'), { rawOn: '2026-07-10' });
  });

  t.test('nobody mediates without the consent of both, nor on site without a time and a place', async (t) => {
    const { act, view } = await accepted(app, '2026-05-11');
    const start = begin('2026-05-11');
    t.match(await act('start', { ...start, respondentAgreedOn: undefined }), {
      status: 422,
      body: {
        code: 'mediation.consent',
        article: /投诉举报处理办法》第十八条/,
        errors: [{ field: 'respondentAgreedOn' }],
      },
    });
    t.match(
      await act('delegate', { ...start, complainantAgreedOn: undefined, delegatedTo: '新都区消费者协会' }),
      {
        body: { code: 'mediation.consent', errors: [{ field: 'complainantAgreedOn' }] },
      },
    );
    t.match(await act('start', { ...start, place: undefined }), {
      body: { code: 'mediation.meeting', article: /第二十条/, errors: [{ field: 'place' }] },
    });
    t.match(await act('start', { ...start, complainantAgreedOn: '2026-05-12' }), {
      body: { code: 'field.future' },
    });
    t.match(await view(), { state: 'accepted', mediation: null });
    t.match(await act('start', start), {
      status: 200,
      body: { state: 'mediating', mediation: { startedOn: '2026-05-11' } },
    });
    t.equal((await act('start', start)).status, 409);
    const before = await accepted(app, '2026-04-14');
    t.match(await before.act('start', { ...begin('2026-04-14'), complainantAgreedOn: undefined }), {
      body: { article: /暂行办法》第十六条/ },
    });
  });

  t.test('a challenged mediator: suspended, decided, and he mediates no more', async (t) => {
    const { act } = await accepted(app, '2026-05-11');
    await act('start', begin('2026-05-11'));
    const challenge = { askedBy: 'respondent', mediator: '赵调解', reason: '系投诉人近亲属。' };
    t.match(await act('suspend', { ...challenge, mediator: '孙无关' }), {
      body: { code: 'mediation.unknown_mediator' },
    });
    t.match((await act('suspend', challenge)).body, {
      state: 'suspended',
      mediation: { challenges: [{ decidedOn: null }] },
    });
    t.match(await act('settle', SETTLED), { status: 409 }, 'nothing is settled meanwhile');
    const decided = { recused: true, decision: '情况属实，应当回避。' };
    t.match(await act('resume', { ...decided, mediators: ['赵调解'] }), {
      body: { code: 'mediation.recused_mediates', article: /第二十一条/ },
    });
    const { body } = await act('resume', decided);
    t.match(body, {
      state: 'mediating',
      mediation: { challenges: [{ recused: true, decidedOn: '2026-05-11' }] },
    });
    t.same(body.mediation?.mediators, ['钱调解']);
    await act('suspend', { ...challenge, mediator: '钱调解' });
    t.match(await act('resume', decided), { body: { code: 'mediation.successor' } });
  });

  t.test('testing stops the limit; under Order 20 no laboratory is appointed', async (t) => {
    const { act, clock } = await accepted(app, '2026-05-11');
    await act('start', begin('2026-05-11'));
    const test = {
      kind: 'testing',
      institution: '省食检院',
      chosenBy: 'appointed',
      tested: '牛肉干',
      costShare: '各半',
    };
    at('2026-05-12');
    t.match(await act('start-testing', { ...test, fromOn: '2026-05-10' }), {
      body: { code: 'mediation.test_before_start' },
    });
    t.equal((await act('start-testing', test)).status, 200);
    t.match(await clock('C02'), { state: 'paused', rawOn: null });
    t.match(await act('start-testing', test), { body: { code: 'mediation.testing_open' } });
    at('2026-05-21');
    t.equal((await act('end-testing', { result: '符合标准。' })).status, 200);
    t.match(
      await clock('C02'),
      { state: 'running', rawOn: '2026-07-20' },
      '12 to 21 May, ten days, are not counted',
    );
    t.match(await act('end-testing', { result: '又' }), { body: { code: 'mediation.no_test' } });
    const before = await accepted(app, '2026-04-14');
    await before.act('start', begin('2026-04-14'));
    t.match(await before.act('start-testing', test), {
      body: { code: 'mediation.appointed', article: /暂行办法》第二十条/ },
    });
    t.equal(
      (await before.act('start-testing', { ...test, kind: 'appraisal', chosenBy: 'agreed' })).status,
      200,
    );
    t.match(await before.clock('C02'), { state: 'paused' });
    await before.act('terminate', { ground: 1, reasons: '撤回' });
    t.match(
      (await before.view()).mediation,
      { tests: [{ toOn: '2026-04-14', result: null }] },
      'it ends with it',
    );
  });

  t.test('settled: written, unless performed at once or waived; remote, a record is enough', async (t) => {
    const { act, clock, tip } = await accepted(app, '2026-05-11');
    await act('start', begin('2026-05-11'));
    const spoken = { ...SETTLED, isWritten: false };
    t.match(await act('settle', spoken), { body: { code: 'mediation.written', article: /第二十四条/ } });
    t.match(await act('settle', { ...spoken, unwrittenGround: 'performed' }), {
      body: { code: 'mediation.record' },
    });
    const record = `${REPORTER.name}当场收到98元。`;
    t.match((await act('settle', { ...spoken, unwrittenGround: 'performed', record })).body, {
      state: 'settled',
      mediation: { settledOn: '2026-05-11', amountFen: 9800, unwrittenGround: 'performed', record },
    });
    t.match(await clock('C02'), { state: 'met' });
    const auditor = await app.as('auditor');
    const { body } = await auditor.get<MediationView>(`/api/tips/${(await tip()).id}/mediation`);
    t.equal(body.mediation?.record, '〔信息保密〕当场收到98元。', 'who may not know does not learn it here');
    const remote = await accepted(app, '2026-05-11');
    await remote.act('start', {
      ...begin('2026-05-11'),
      mode: 'remote',
      place: undefined,
      meetAt: undefined,
    });
    t.equal((await remote.act('settle', { ...spoken, record })).status, 200);
    for (const amountFen of [-1, 0.5, 1e15])
      t.equal((await remote.act('settle', { ...SETTLED, amountFen })).status, 400);
  });

  t.test('terminated: the grounds of the day, both told in seven working days', async (t) => {
    const { act, clock, tip } = await accepted(app, '2026-05-11');
    const end = { reasons: '经营者明确拒绝调解。' };
    t.match(await act('terminate', { ...end, ground: 9 }), {
      body: { code: 'mediation.termination_ground', article: /第二十三条/ },
    });
    t.match(await act('terminate', { ...end, ground: 3 }), { body: { code: 'mediation.not_mediated' } });
    at('2026-07-09');
    t.match(await act('terminate', { ...end, ground: 5 }), {
      status: 422,
      body: { code: 'mediation.limit_not_over' },
    });
    at('2026-07-10');
    t.match((await act('terminate', { ...end, ground: 5 })).body, {
      state: 'terminated',
      mediation: { startedOn: null, termination: { ground: 5, text: /六十日/, otherRoutes: /诉讼/ } },
    });
    t.match(await clock('C02'), { state: 'met', overdue: false });
    t.match(await clock('C03'), { state: 'running', triggeredOn: '2026-07-10', rawOn: '2026-07-21' });
    const tell = { about: 'mediation_end', way: 'phone', content: '终止调解。' };
    await act('tell', { ...tell, whom: 'complainant', toldAt: '2026-07-10T09:00:00+08:00' });
    await act('tell', { ...tell, whom: 'respondent', failedReason: '关机' });
    t.match(await clock('C03'), { state: 'running' }, 'the respondent has not heard');
    t.match(await act('tell', { ...tell, whom: 'respondent', toldAt: '2026-07-09T10:00:00+08:00' }), {
      body: { code: 'date.before_start' },
    });
    at('2026-07-13');
    await act('tell', { ...tell, whom: 'respondent' });
    t.match(await clock('C03'), { state: 'met', metAt: '2026-07-13T10:00:00+08:00', overdue: false });
    t.match((await tip()).told, [
      { whom: 'reporter' },
      { whom: 'respondent', arrived: false },
      { whom: 'respondent' },
    ]);
    const before = await accepted(app, '2026-04-14');
    t.equal((await before.view()).terminationGrounds.grounds.length, 7, 'Order 20 had seven');
    t.match(await before.act('terminate', { ...end, ground: 8 }), {
      body: { article: /暂行办法》第二十一条/ },
    });
    await before.act('terminate', { ...end, ground: 1 });
    t.match(await before.clock('C03o'), { state: 'running' });
    at('2026-04-15');
    const same = (await before.view()).mediation?.termination;
    t.match(same, { ground: 1, article: /暂行办法》第二十一条/ }, 'the law of the day it was done');
  });

  t.test('a clue found while mediating is a case source with a limit of its own', async (t) => {
    const { id, act, tip } = await accepted(app, '2026-05-11');
    await act('start', begin('2026-05-11'));
    t.match(await act('report-clue', { content: `${REPORTER.name}所购牛肉干无标签。` }), {
      status: 422,
      body: { code: 'tip.names_reporter', errors: [{ field: 'content' }] },
    });
    t.match(await act('report-clue', { content: '无标签', foundOn: '2026-05-10' }), {
      body: { code: 'mediation.clue_before_start' },
    });
    t.equal((await act('report-clue', { content: '所售牛肉干无标签。' })).status, 200);
    const [source] = (await tip()).sources;
    const officer = await app.as('case_officer');
    const two = [app.filled.users.case_officer!.id, app.filled.users.case_officer_2!.id];
    const { body } = await officer.get<SourceView>(`/api/sources/${source!.id}`);
    t.match(body, { origin: 'mediation', foundOn: '2026-05-11' });
    t.match(body.clocks, [{ rule: 'C04', trigger: 'mediation.clue_found', rawOn: '2026-06-01' }]);
    t.equal(body.clocks.length, 1);
    for (const [path, said] of [
      ['verify', { verifierIds: two }],
      ['verification', { verification: '现场核查属实，无标签。' }],
    ] as const)
      await officer.post(`/api/sources/${source!.id}/${path}`, said);
    await officer.post(`/api/sources/${source!.id}/extend`, { grounds: '需外地协查。' });
    t.equal((await decide(app, source!.id, 'approved')).status, 200);
    const later = await officer.get<SourceView>(`/api/sources/${source!.id}`);
    t.match(
      later.body.clocks,
      [{ rule: 'C04', extensions: 1, rawOn: '2026-06-23' }],
      'fifteen working days more',
    );
    const over = await officer.post(`/api/sources/${source!.id}/hand-over`, {
      agency: '某局',
      reasons: '无管辖权',
    });
    t.equal(over.status, 200, JSON.stringify(over.body));
    t.match((await officer.get<SourceView>(`/api/sources/${source!.id}`)).body.clocks, [
      { rule: 'C04', state: 'met' },
    ]);
    t.match(
      await act('settle', SETTLED),
      { status: 200, body: { state: 'settled' } },
      'the complaint goes its own way',
    );
    t.equal(id, (await tip()).id);
  });

  t.test('voided: as accepted, and its test is not counted; corrected, with its trace', async (t) => {
    const { id, act, clock, intake, view } = await accepted(app, '2026-05-11');
    const started = (await act('start', begin('2026-05-11'))).body.mediation!;
    await act('start-testing', {
      kind: 'testing',
      institution: '院',
      chosenBy: 'agreed',
      tested: '货',
      costShare: '各半',
    });
    const path = `/api/mediations/${started.id}`;
    t.match(await intake.post(`${path}/amend`, { changes: { agreement: '无' }, reason: '误' }), {
      status: 422,
      body: { code: 'mediation.nothing_to_correct' },
    });
    t.equal((await intake.post(`${path}/amend`, { changes: { place: '二楼' }, reason: '误记' })).status, 200);
    t.equal((await view()).mediation?.place, '二楼');
    t.equal((await intake.post(`${path}/void`, { reason: '登记错误' })).status, 200);
    t.match(await view(), { state: 'accepted', mediation: null });
    t.match(await clock('C02'), { state: 'running', rawOn: '2026-07-10' });
    t.equal((await act('start', begin('2026-05-11'))).status, 200, 'and may begin again');
    await act('settle', SETTLED);
    const ended = (await view()).mediation!;
    t.equal(offered(ended, 'void'), 'mediation.void_too_late');
    t.match(await intake.post(`/api/mediations/${ended.id}/void`, { reason: '误' }), { status: 409 });
    const { body } = await intake.get<{ items: { action: string }[] }>(`/api/tips/${id}/history`);
    const acts = body.items.map(({ action }) => action);
    for (const one of ['mediation.start', 'mediation.start_testing', 'mediation.settle'])
      t.ok(acts.includes(one), one);
  });

  t.test('two officers end it at once: one does', async (t) => {
    const { act } = await accepted(app, '2026-05-11');
    await act('start', begin('2026-05-11'));
    const both = await Promise.all([
      act('settle', SETTLED),
      act('terminate', { ground: 1, reasons: '撤回' }),
    ]);
    t.same(new Set(both.map(({ status }) => status)), new Set([200, 409]));
  });
});
