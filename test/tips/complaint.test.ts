import t from 'tap';
import type { TipView } from '../../src/modules/tips/schemas.ts';
import { testApp } from '../app.ts';
import { COMPLAINT, givenTip, offered, type Problem, REPORTER } from './given.ts';

type Answer = TipView & Problem;

t.test('a complaint before it is accepted', async (t) => {
  const app = await testApp(t);
  const intake = await app.as('intake_officer');
  const auditor = await app.as('auditor');
  const act = (id: string, path: string, body: unknown) =>
    intake.post<Answer>(`/api/tips/${id}/${path}`, body);
  const monday = '2026-05-11T10:00:00+08:00';
  app.setNow(monday);
  const complaint = { ...COMPLAINT, boughtOn: '2026-05-09' };
  const asked = { material: `${REPORTER.name}的身份证复印件`, dueOn: '2026-05-20' };

  t.test('proof of identity is due inside the seven working days, which run on', async (t) => {
    const { id, clocks } = await givenTip(intake, complaint);
    t.match(clocks, [{ rule: 'C01', rawOn: '2026-05-20' }], '11 May + 7 working days');
    for (const dueOn of ['2026-05-10', '2026-05-21'])
      t.match(await act(id, 'request-identity', { ...asked, dueOn }), {
        status: 422,
        body: { code: 'tip.identity_due', article: /第十条第三款/, errors: [{ field: 'dueOn' }] },
      });
    const told = { way: 'sms', content: '请提供身份证明。' };
    const { body } = await act(id, 'request-identity', { ...asked, told });
    t.match(body, {
      state: 'awaiting_identity',
      clocks: [{ rule: 'C01', state: 'running', rawOn: '2026-05-20' }],
      identityRequests: [{ askedOn: '2026-05-11', dueOn: '2026-05-20', suppliedOn: null }],
      told: [{ about: 'identity_request', arrived: true }],
    });
    t.equal(offered(body, 'accept'), 'workflow.action_not_allowed');
    const hidden = (await auditor.get<TipView>(`/api/tips/${id}`)).body.identityRequests[0]!;
    t.equal(hidden.material, '〔信息保密〕的身份证复印件', 'who may not know does not learn it here');
    app.setNow('2026-05-13T10:00:00+08:00');
    t.match(await act(id, 'identity-supplied', { supplied: '身份证', suppliedOn: '2026-05-10' }), {
      status: 422,
      body: { code: 'tip.supplied_before_asked' },
    });
    const back = await act(id, 'identity-supplied', { supplied: '身份证' });
    t.match(back.body, { state: 'received', identityRequests: [{ suppliedOn: '2026-05-13' }] });
    t.match(await act(id, 'accept', {}), { status: 200, body: { state: 'accepted' } });
    app.setNow(monday);
  });

  t.test('who does not supply it is refused; past the seven days it is not asked for any more', async (t) => {
    const { id } = await givenTip(intake, complaint);
    await act(id, 'request-identity', asked);
    app.setNow('2026-05-21T10:00:00+08:00');
    const refused = await act(id, 'refuse', { ground: 6, reasons: '逾期未提供身份证明材料。' });
    t.match(refused.body, { state: 'refused', refusal: { ground: 6, article: /第十六条/ } });
    const late = await givenTip(intake, { ...complaint, receivedAt: monday });
    t.equal(offered(late, 'request_identity'), 'tip.identity_too_late');
    t.match(await act(late.id, 'request-identity', { ...asked, dueOn: '2026-05-22' }), {
      status: 409,
      body: { code: 'tip.identity_too_late', article: /第十五条/ },
    });
    app.setNow(monday);
  });

  t.test('under Order 20 nobody may be asked for it, nor refused for it', async (t) => {
    app.setNow('2026-04-14T10:00:00+08:00');
    const tip = await givenTip(intake, COMPLAINT);
    t.equal(offered(tip, 'request_identity'), 'tip.no_identity_check');
    t.match(await act(tip.id, 'request-identity', { ...asked, dueOn: '2026-04-15' }), {
      status: 409,
      body: { code: 'tip.no_identity_check' },
    });
    t.match(await act(tip.id, 'refuse', { ground: 7, reasons: '其他' }), {
      status: 422,
      body: { code: 'tip.refusal_ground', article: /暂行办法》第十五条/ },
    });
    app.setNow('2026-04-15T10:00:00+08:00');
    t.equal(
      (await act(tip.id, 'request-identity', { ...asked, dueOn: '2026-04-20' })).status,
      200,
      'the act is of its day',
    );
    app.setNow(monday);
  });

  t.test('withdrawn: its limit falls away; a second half begins anew', async (t) => {
    const { id } = await givenTip(intake, complaint);
    t.match(await act(id, 'withdraw', { reason: '已和解', withdrawnOn: '2026-05-10' }), {
      status: 422,
      body: { code: 'tip.withdrawn_before_received' },
    });
    t.match(await act(id, 'withdraw', { reason: '已和解', withdrawnOn: '2026-05-12' }), { status: 422 });
    const { body } = await act(id, 'withdraw', { reason: '已和解' });
    t.match(body, { state: 'withdrawn', decidedOn: '2026-05-11', endReason: '已和解' });
    t.match(body.clocks, [{ rule: 'C01', state: 'cancelled' }]);
    const second = (await act(id, 'split', {})).body;
    t.match(second, { kind: 'report', state: 'received', decidedOn: null, endReason: null });
    const accepted = await givenTip(intake, complaint);
    await act(accepted.id, 'accept', {});
    t.match(
      await act(accepted.id, 'withdraw', { reason: '不要了' }),
      { status: 409 },
      'then it ends the mediation',
    );
  });

  t.test('forwarded to whom it concerns: the limit runs there', async (t) => {
    const { id } = await givenTip(intake, complaint);
    const to = { forwardedTo: '成都市温江区市场监督管理局', reason: '实际经营地在温江区。' };
    t.match(await act(id, 'forward', { ...to, reportBy: '2026-05-10' }), {
      body: { code: 'tip.report_by_past' },
    });
    const told = { way: 'phone', content: '已转温江区局处理。' };
    const { body } = await act(id, 'forward', { ...to, reportBy: '2026-06-10', told });
    t.match(body, { state: 'forwarded', forwardedTo: to.forwardedTo, reportBy: '2026-06-10' });
    t.match(body, { clocks: [{ state: 'cancelled' }], told: [{ about: 'hand_over' }] });
  });

  t.test('two officers at once: one act, one refusal', async (t) => {
    const { id } = await givenTip(intake, complaint);
    const answers = await Promise.all([act(id, 'withdraw', { reason: '撤' }), act(id, 'accept', {})]);
    t.same(new Set(answers.map(({ status }) => status)), new Set([200, 409]));
  });
});
