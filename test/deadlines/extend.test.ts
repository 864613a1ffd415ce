import t from 'tap';
import { extendClock } from '../../src/modules/deadlines/index.ts';
import type { ClockDetail } from '../../src/modules/deadlines/schemas.ts';
import { clockWorld, freshId, refused, thing, type Thing } from '../given/clocks.ts';

type Problem = { code: string; article?: string; gate?: string };

t.test('more time', async (t) => {
  const { app, officer, run, start, only, detail, approval, paper } = await clockWorld(t);
  const head = await app.as('bureau_head');
  const extend = (rule: string, subject: Thing, more: Record<string, unknown>): Promise<void> =>
    run((tx) => extendClock(tx, { rule, subject, reason: '案情复杂', ...more }));

  await t.test('once, in time, and of three at once one wins', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-02-05');
    const approvalId = await approval(subject);
    const results = await Promise.allSettled([1, 2, 3].map(() => extend('R01', subject, { approvalId })));
    t.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const loser of results.filter((result) => result.status === 'rejected'))
      t.match(loser.reason, { status: 409, code: 'clock.already_extended' });
    const clock = await only(subject);
    t.match(clock, { rawOn: '2024-03-22', extensions: 1, version: 2 });
    const { history } = await detail(clock.id);
    t.same(
      history.map(({ change, rawOn }) => [change, rawOn]),
      [
        ['started', '2024-03-01'],
        ['extended', '2024-03-22'],
      ],
    );
  });

  await t.test('approved by the end of the last day', async (t) => {
    const [inTime, late, missed] = [thing('source'), thing('source'), thing('case')];
    await start('R01', inTime, '2024-01-04');
    await start('R01', late, '2024-01-04');
    const approvedInTime = await approval(inTime, '2024-01-25T23:59:00+08:00');
    const approvedLate = await approval(late, '2024-01-26T00:00:00+08:00');
    app.setNow('2024-01-26T09:00:00+08:00');
    await extend('R01', inTime, { approvalId: approvedInTime });
    t.match(await only(inTime), { extensions: 1 });
    t.match(await refused(extend('R01', late, { approvalId: approvedLate })), {
      status: 409,
      code: 'clock.extend_too_late',
      params: { day: '2024-01-25', article: /第18条/ },
    });
    // Filed on 2024-02-02: 90 days end on 05-02, a day off. The bureau's own limit ends there all the same.
    await start('P04', missed, '2024-02-02');
    app.setNow('2024-05-03T09:00:00+08:00');
    t.match(await refused(extend('P04', missed, { approvalId: await approval(missed) })), {
      code: 'clock.extend_too_late',
      params: { day: '2024-05-02' },
    });
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  await t.test('only as the law has it: none, none without the head, none beyond the cap', async (t) => {
    const [none, unapproved, measure] = [thing('tip'), thing('source'), thing('measure')];
    await start('C01', none, '2024-02-05');
    t.match(await refused(extend('C01', none, {})), { status: 422, code: 'clock.no_extension' });
    await start('R01', unapproved, '2024-02-05');
    const wanted = { status: 422, code: 'clock.approval_needed', params: { article: /第18条/ } };
    t.match(await refused(extend('R01', unapproved, {})), wanted);
    t.match(await refused(extend('R01', unapproved, { approvalId: freshId() })), wanted);
    await start('S04f', measure, '2024-03-07');
    const approvalId = await approval(measure);
    t.match(await refused(extend('S04f', measure, { approvalId, value: 46 })), {
      status: 422,
      code: 'clock.extension_too_long',
      params: { cap: 45 },
    });
    await extend('S04f', measure, { approvalId, value: 20 });
    t.match(await only(measure), { rawOn: '2024-04-26' }, 'less than the law allows may be given');
    const other = thing('measure');
    await start('S04', other, '2024-03-07');
    await extend('S04', other, { approvalId: await approval(other) });
    t.match(await only(other), { rawOn: '2024-05-06' }, 'thirty days where the basis is not FSL 110');
  });

  await t.test('the five years of P17 stand in the place of the two', async (t) => {
    const subject = thing('case');
    await start('P17', subject, '2022-03-01');
    t.match(await only(subject), { rawOn: '2024-03-01', nature: 'power' });
    const approvalId = await approval(subject);
    t.match(await refused(extend('P17', subject, { approvalId, value: 3 })), {
      code: 'clock.extension_too_long',
    });
    await extend('P17', subject, { approvalId });
    t.match(await only(subject), { rawOn: '2027-03-01' });
    t.match(await refused(extend('P17', subject, { approvalId })), { code: 'clock.already_extended' });
  });

  await t.test('where the law leaves the length open it is decided', async (t) => {
    const [review, sample] = [thing('case'), thing('case')];
    await start('P05', review, '2024-02-05');
    const approvalId = await approval(review);
    t.match(await refused(extend('P05', review, { approvalId })), { code: 'clock.open_extension' });
    await extend('P05', review, { approvalId, value: 5 });
    t.match(await only(review), { rawOn: '2024-03-01' });
    await extend('P05', review, { approvalId: await approval(review), value: 5 });
    t.match(await only(review), { rawOn: '2024-03-08', extensions: 2 });
    t.equal(await start('L02', sample, '2024-02-05'), null, 'a case is no plan sample');
  });

  await t.test('beyond ninety and thirty days: the heads together, with the record of it', async (t) => {
    const subject = thing('case');
    await start('P04', subject, '2024-02-05');
    await extend('P04', subject, { approvalId: await approval(subject) });
    t.match(await only(subject), { rawOn: '2024-06-04' });
    const approvalId = await approval(subject);
    t.match(await refused(extend('P04', subject, { approvalId, value: 40 })), {
      code: 'clock.discussion_needed',
      params: { gate: 'K8' },
    });
    const documentId = await paper('collective-discussion', subject);
    await extend('P04', subject, { approvalId, documentId, value: 40 });
    const clock = await only(subject);
    t.match(clock, { rawOn: '2024-07-14', extensions: 2 });
    const { extensionList } = await detail(clock.id);
    t.match(
      extensionList.toSorted((a, b) => a.value - b.value),
      [
        { documentId: null, value: 30 },
        { documentId, value: 40 },
      ],
    );
  });

  await t.test('asked for by hand: the head decides, and the clock moves with his word', async (t) => {
    const subject = thing('case');
    await start('P05', subject, '2024-02-05');
    const { id } = await only(subject);
    const path = `/api/clocks/${id}/extend`;
    t.equal((await (await app.as('auditor')).post(path, { reason: 'x', value: 5 })).status, 403);
    t.match(await officer.post<Problem>(path, { reason: '疑难' }), {
      status: 422,
      body: { code: 'clock.open_extension' },
    });
    const asked = await officer.post<ClockDetail>(path, { reason: '疑难案件', value: 5 });
    t.match(asked, { status: 200, body: { rawOn: '2024-02-23', extensionWaiting: /-/ } });
    const extendAction = asked.body.allowedActions.find(({ action }) => action === 'extend');
    t.match(extendAction, { allowed: false, code: 'approval.already_waiting' });
    t.equal((await officer.post(path, { reason: '再次', value: 5 })).status, 409);
    const approvalId = asked.body.extensionWaiting!;
    t.equal(
      (await officer.post(`/api/approvals/${approvalId}/decide`, { decision: 'approved', opinion: '同意' }))
        .status,
      403,
    );
    const decided = await head.post(`/api/approvals/${approvalId}/decide`, {
      decision: 'approved',
      opinion: '同意延长',
    });
    t.equal(decided.status, 200);
    t.match(await detail(id), {
      rawOn: '2024-03-01',
      extensionWaiting: null,
      extensionList: [{ value: 5, unit: 'working_day', approvalId, reason: '疑难案件' }],
    });
    const refusedOnce = await officer.post<ClockDetail>(path, { reason: '再次', value: 3 });
    await head.post(`/api/approvals/${refusedOnce.body.extensionWaiting}/decide`, {
      decision: 'refused',
      opinion: '不同意',
    });
    t.match(await detail(id), { rawOn: '2024-03-01', extensionWaiting: null, extensions: 1 });
  });

  await t.test('an approval that comes too late is not given', async (t) => {
    const subject = thing('case');
    await start('P05', subject, '2024-02-05');
    const { id } = await only(subject);
    const asked = await officer.post<ClockDetail>(`/api/clocks/${id}/extend`, { reason: '疑难', value: 5 });
    app.setNow('2024-02-24T00:00:00+08:00');
    const decide = `/api/approvals/${asked.body.extensionWaiting}/decide`;
    t.match(await head.post<Problem>(decide, { decision: 'approved', opinion: '同意' }), {
      status: 409,
      body: { code: 'clock.extend_too_late' },
    });
    t.match(await detail(id), { rawOn: '2024-02-23', extensions: 0 });
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  await t.test('what has a step of its own is asked for there', async (t) => {
    for (const [rule, kind] of [
      ['R01', 'source'],
      ['P04', 'case'],
      ['S04f', 'measure'],
    ] as const) {
      const subject = thing(kind);
      await start(rule, subject, '2024-02-05');
      const answer = await officer.post<Problem>(`/api/clocks/${(await only(subject)).id}/extend`, {
        reason: 'x',
      });
      t.match(answer, { status: 409, body: { code: 'clock.own_step' } });
    }
  });

  await t.test('taken back: everything that hung on it moves, and the row stays', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-02-05');
    await extend('R01', subject, { approvalId: await approval(subject) });
    const { id } = await only(subject);
    const partId = (await detail(id)).extensionList[0]!.id;
    const path = `/api/clocks/${id}/extensions/${partId}/remove`;
    t.equal((await officer.post(path, { reason: '误批' })).status, 403, 'not by an officer');
    t.equal((await head.post(path, {})).status, 400);
    const taken = await head.post<ClockDetail>(path, { reason: '批准有误' });
    t.match(taken, {
      status: 200,
      body: {
        rawOn: '2024-03-01',
        extensions: 0,
        extensionList: [{ removeReason: '批准有误', removedAt: /2024/ }],
      },
    });
    t.equal((await head.post(path, { reason: '再次' })).status, 404, 'only once');
    t.match(taken.body.history.at(-1), { change: 'extension_removed', rawOn: '2024-03-01' });
    await extend('R01', subject, { approvalId: await approval(subject) });
    t.match(await only(subject), { rawOn: '2024-03-22' }, 'and it may be given anew');
    const traces = await app.deps.db
      .selectFrom('auditEntries')
      .select('id')
      .where('action', '=', 'clock.remove_extension')
      .where('subjectId', '=', subject.id)
      .execute();
    t.equal(traces.length, 1);
  });

  await t.test('a stale If-Match moves nothing', async (t) => {
    const subject = thing('case');
    await start('P05', subject, '2024-02-05');
    const { id } = await only(subject);
    const stale = await officer.post(
      `/api/clocks/${id}/extend`,
      { reason: 'x', value: 5 },
      { headers: { 'if-match': '7' } },
    );
    t.equal(stale.status, 412);
    t.match(await detail(id), { extensionWaiting: null });
  });
});
