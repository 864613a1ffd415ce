import t from 'tap';
import {
  clocksOf,
  dropInterruption,
  endInterruption,
  excludeTime,
  interruptClocks,
  meetClock,
  moveTrigger,
  restartClock,
  resumeClock,
} from '../../src/modules/deadlines/index.ts';
import type { ClockDetail } from '../../src/modules/deadlines/schemas.ts';
import { clockWorld, refused, thing } from '../given/clocks.ts';

type Problem = { code: string; gate?: string };

t.test('time that does not count', async (t) => {
  const { app, officer, run, start, only, detail, paper } = await clockWorld(t);
  const head = await app.as('bureau_head');

  await t.test('a pause by hand, with its ground and both days', async (t) => {
    const subject = thing('case');
    await start('P04', subject, '2024-01-02');
    const { id } = await only(subject);
    const suspension = await paper('matter-approval', subject);
    const pause = { from: '2024-02-01', cause: 'suspension', ground: '等待法院裁判', documentId: suspension };
    const path = `/api/clocks/${id}/pause`;
    t.match(await officer.post<Problem>(path, { ...pause, from: '2024-02-06' }), {
      status: 422,
      body: { code: 'field.future' },
    });
    t.match(await officer.post<Problem>(path, { ...pause, cause: 'force_majeure' }), {
      status: 422,
      body: { code: 'clock.cause_not_admitted', article: /第64条/ },
    });
    const paused = await officer.post<ClockDetail>(path, pause);
    t.match(paused, { status: 200, body: { state: 'paused', rawOn: null, targetOn: null } });
    t.match(await officer.post<Problem>(path, pause), {
      status: 409,
      body: { code: 'clock.already_paused' },
    });
    app.setNow('2024-03-01T10:00:00+08:00');
    const ruling = await paper('matter-approval', subject);
    const end = { to: '2024-02-20', documentId: ruling };
    const resumed = await officer.post<ClockDetail>(`/api/clocks/${id}/resume`, end);
    t.match(resumed, {
      status: 200,
      body: {
        state: 'running',
        rawOn: '2024-04-21',
        exclusionList: [
          {
            cause: 'suspension',
            from: '2024-02-01',
            to: '2024-02-20',
            documentId: suspension,
            resumeDocumentId: ruling,
          },
        ],
      },
    });
    t.match(await officer.post<Problem>(`/api/clocks/${id}/resume`, end), {
      status: 409,
      body: { code: 'clock.not_paused' },
    });
    t.same(
      resumed.body.history.map(({ change }) => change),
      ['started', 'paused', 'resumed'],
    );
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  await t.test('entered by mistake and taken back: the days count again', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-02-05');
    const { id } = await only(subject);
    const body = { from: '2024-02-19', to: '2024-02-20', ground: '检测' };
    const excluded = await officer.post<ClockDetail>(`/api/clocks/${id}/exclude`, body);
    t.match(excluded.body, { rawOn: '2024-03-05', causes: ['testing', 'appraisal', 'identification'] });
    const partId = excluded.body.exclusionList[0]!.id;
    const taken = await head.post<ClockDetail>(`/api/clocks/${id}/exclusions/${partId}/remove`, {
      reason: '检测未进行',
    });
    t.match(taken, { status: 200, body: { rawOn: '2024-03-01', exclusions: 0 } });
    const told = await officer.get<{ sentences: string[] }>(`/api/clocks/${id}/explain`);
    t.match(told.body.sentences.join('\n'), /撤回，不再计入：检测未进行/);
  });

  await t.test('a power of coercion is not paused: its notice names both days', async (t) => {
    const measure = thing('measure');
    await start('S04f', measure, '2024-02-01');
    const { id } = await only(measure);
    const documentId = await paper('test-period-notice', measure);
    const pause = { from: '2024-02-02', ground: '检测', documentId };
    t.match(await officer.post<Problem>(`/api/clocks/${id}/pause`, pause), {
      status: 422,
      body: { code: 'clock.period_indefinite', gate: 'K23' },
    });
    const { allowedActions } = await detail(id);
    t.match(
      allowedActions.find(({ action }) => action === 'pause'),
      { allowed: false, gate: 'K23' },
    );
  });

  await t.test('a sample away stops what the law lets it stop, and nothing else', async (t) => {
    const [source, file, measure, tip] = [thing('source'), thing('case'), thing('measure'), thing('tip')];
    await start('R01', source, '2024-02-05');
    await start('P04', file, '2024-02-05');
    await start('S04f', measure, '2024-02-05');
    await start('C01', tip, '2024-02-05');
    const origin = thing('sample');
    const away = {
      cause: 'testing' as const,
      origin,
      subjects: [source, file, measure, tip],
      from: '2024-02-19',
      to: null,
      ground: '样品送检',
    };
    t.equal((await run((tx) => interruptClocks(tx, away))).length, 2, 'not the measure, not the complaint');
    t.match(await only(source), { state: 'paused' });
    t.match(await only(measure), { state: 'running', rawOn: '2024-03-06' });
    t.match(await only(tip), { state: 'running' });
    const sourceClock = await only(source);
    t.match(await officer.post<Problem>(`/api/clocks/${sourceClock.id}/resume`, { to: '2024-02-05' }), {
      status: 409,
      body: { code: 'clock.paused_by_itself' },
    });
    await run((tx) => endInterruption(tx, { origin, to: '2024-02-20' }));
    t.match(await only(source), { state: 'running', rawOn: '2024-03-05' });
    t.match((await detail(sourceClock.id)).exclusionList, [{ origin, from: '2024-02-19', to: '2024-02-20' }]);
    t.match(await only(file), { rawOn: '2024-05-07' });
    await run((tx) => dropInterruption(tx, { origin, reason: '样品作废' }));
    t.match(await only(source), { rawOn: '2024-03-01', exclusions: 0 });
    t.match(await only(file), { rawOn: '2024-05-05' });
  });

  await t.test('a suspension that ends leaves the sample that is still away', async (t) => {
    const file = thing('case');
    await start('P04', file, '2024-02-05');
    const origin = thing('sample');
    const away = { cause: 'testing' as const, origin, subjects: [file], ground: '样品送检' };
    await run((tx) => interruptClocks(tx, { ...away, from: '2024-02-19', to: null }));
    const suspension = { rule: 'P04', subject: file, from: '2024-02-21', to: null, ground: 'case.suspend' };
    await run((tx) => excludeTime(tx, suspension));
    await run((tx) => resumeClock(tx, { rule: 'P04', subject: file, to: '2024-02-28' }));
    t.match(await only(file), { state: 'paused' });
    const twice = run((tx) => resumeClock(tx, { rule: 'P04', subject: file, to: '2024-02-28' }));
    t.match(await refused(twice), { code: 'clock.not_paused' });
    await run((tx) => endInterruption(tx, { origin, to: '2024-02-25' }));
    t.match(await only(file), { state: 'running', rawOn: '2024-05-15' }, 'ten days, none of them twice');
  });

  await t.test('the served notice of a definite period lets a seizure run on (K23)', async (t) => {
    const measure = thing('measure');
    await start('S04f', measure, '2024-02-05');
    const documentId = await paper('test-period-notice', measure);
    const notice = {
      cause: 'testing' as const,
      origin: { kind: 'document', id: documentId },
      subjects: [measure],
      from: '2024-02-19',
      to: '2024-02-28',
      ground: '检验期间',
    };
    const served = { kind: 'test-period-notice', documentId };
    const take = (more: object): Promise<string[]> =>
      run((tx) => interruptClocks(tx, { ...notice, ...more }));
    t.same(await take({}), [], 'not without the notice');
    t.same(await take({ served, to: null }), [], 'not without an end');
    t.same(await take({ served: { kind: 'item-list', documentId } }), [], 'not by another paper');
    t.equal((await take({ served })).length, 1);
    t.match(await only(measure), { rawOn: '2024-03-16' });
    const ended = thing('measure');
    await start('S04f', ended, '2024-01-01');
    t.same(await take({ served, subjects: [ended] }), [], 'what has ended is not revived');
  });

  await t.test(
    'time of a clock already met is taken out all the same: it may prove to have been met in time',
    async (t) => {
      const source = thing('source');
      await start('R01', source, '2024-01-04');
      const origin = thing('sample');
      const away = { cause: 'testing' as const, origin, subjects: [source], ground: '样品送检' };
      await run((tx) => interruptClocks(tx, { ...away, from: '2024-01-15', to: null }));
      await run((tx) =>
        meetClock(tx, { rule: 'R01', subject: source, at: new Date('2024-01-31T10:00:00+08:00') }),
      );
      await run((tx) => endInterruption(tx, { origin, to: '2024-01-19' }));
      t.match(await only(source), { state: 'met', rawOn: '2024-02-01', overdue: false });
    },
  );

  await t.test('of two pauses at once one wins; a pause and an end of it leave no half', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-01-15');
    const { id } = await only(subject);
    const body = { from: '2024-02-01', ground: '检测' };
    const both = await Promise.all([1, 2].map(() => officer.post(`/api/clocks/${id}/pause`, body)));
    t.same(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    t.match(await only(subject), { state: 'paused', exclusions: 1 });
  });
});

t.test('new facts: the limit of the handling begins anew (C07)', async (t) => {
  const { app, officer, run, start, detail } = await clockWorld(t);
  const again = (subject: { kind: string; id: string }, on: string, rule = 'R01') =>
    run((tx) => restartClock(tx, { rule, subject, on, reason: '补充新的事实' }));
  app.setNow('2026-05-20T10:00:00+08:00');
  const subject = thing('source');
  const old = (await start('R01', subject, '2026-05-06'))!;
  const begun = (await again(subject, '2026-05-18'))!;
  t.match(begun, { rule: 'R01', trigger: 'tip.repeated', triggeredOn: '2026-05-18', rawOn: '2026-06-08' });
  t.match(await detail(old.id), { state: 'cancelled', cancelReason: '补充新的事实' });
  t.match((await detail(old.id)).history.at(-1), { change: 'restarted' });
  t.match(await detail(begun.id), { restartOf: old.id, state: 'running' });
  const past = {
    status: 422,
    code: 'clock.no_restart',
    params: { article: /投诉举报处理办法》第35条第2款/ },
  };
  const early = thing('source');
  await start('R01', early, '2026-03-02');
  t.match(await refused(again(early, '2026-04-14')), past, 'Order 20 knew no such thing');
  const file = thing('case');
  await start('P04', file, '2026-05-06');
  t.match(await refused(again(file, '2026-05-18', 'P04')), past);
  t.match(await refused(again(subject, '2026-05-18')), { code: 'clock.restart_backwards' });
  const byHand = await officer.post<ClockDetail>(`/api/clocks/${begun.id}/restart`, {
    on: '2026-05-20',
    reason: '再次补充',
  });
  t.match(byHand, { status: 200, body: { triggeredOn: '2026-05-20', restartOf: begun.id } });
  t.equal(
    (await officer.post(`/api/clocks/${begun.id}/restart`, { on: '2026-05-20', reason: 'x' })).status,
    409,
  );
  const told = await officer.get<{ sentences: string[] }>(`/api/clocks/${byHand.body.id}/explain`);
  t.match(told.body.sentences.join('\n'), /重新计算/);
});

t.test('the history is paged, newest first', async (t) => {
  const { officer, run, start, only } = await clockWorld(t);
  const subject = thing('source');
  await start('R01', subject, '2024-02-05');
  for (const n of [1, 2, 3, 4]) {
    const origin = thing('sample');
    const day = `2024-02-2${n}`;
    await run((tx) =>
      interruptClocks(tx, {
        cause: 'testing',
        origin,
        subjects: [subject],
        from: day,
        to: day,
        ground: '检测',
      }),
    );
  }
  const { id } = await only(subject);
  type Page = { items: { id: number; change: string }[]; next: string | null };
  const first = (await officer.get<Page>(`/api/clocks/${id}/history?limit=3`)).body;
  const second = (await officer.get<Page>(`/api/clocks/${id}/history?limit=3&cursor=${first.next}`)).body;
  const all = [...first.items, ...second.items];
  t.same(
    all.map(({ change }) => change),
    ['excluded', 'excluded', 'excluded', 'excluded', 'started'],
  );
  t.same(
    all.map((line) => line.id),
    all.map((line) => line.id).toSorted((a, b) => b - a),
  );
  t.equal(second.next, null);
  t.equal((await officer.get(`/api/clocks/${id}/history?cursor=x`)).status, 400);
});

t.test('the months of the court follow the end of the right to sue', async (t) => {
  const { app, run, start } = await clockWorld(t);
  const decision = thing('decision');
  await start('F06', decision, '2024-03-15');
  await start('F04', decision, '2024-09-18');
  await run((tx) =>
    moveTrigger(tx, { rule: 'F06', subject: decision, on: '2024-03-20', reason: '送达日期更正' }),
  );
  const clocks = await clocksOf(app.deps.db, [decision]);
  t.match(
    clocks.find(({ rule }) => rule === 'F06'),
    { rawOn: '2024-09-20' },
  );
  t.match(
    clocks.find(({ rule }) => rule === 'F04'),
    { triggeredOn: '2024-09-20', rawOn: '2024-12-20' },
  );
});
