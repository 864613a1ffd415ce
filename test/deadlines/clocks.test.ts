import t from 'tap';
import {
  cancelClock,
  excludeTime,
  extendClock,
  meetClock,
  moveTrigger,
  resumeClock,
} from '../../src/modules/deadlines/index.ts';
import type { ClockView } from '../../src/modules/deadlines/schemas.ts';
import { uuidV7 } from '../../src/shared/ids.ts';
import { clockWorld, refused, thing } from '../given/clocks.ts';

type List = { items: ClockView[]; next: string | null };

t.test('clocks', async (t) => {
  const { app, officer, run, start, only, detail, approval, paper, serve } = await clockWorld(t);

  await t.test('the version of the day, named by any version', async (t) => {
    const old = thing('tip');
    await start('C01', old, '2024-02-05');
    t.match(await only(old), {
      rule: 'C01o',
      rawOn: '2024-02-20',
      rolledOn: '2024-02-20',
      targetOn: '2024-02-20',
    });
    const recent = thing('tip');
    await start('C01o', recent, '2026-04-20');
    t.match(await only(recent), { rule: 'C01', rawOn: '2026-04-29' });
    t.equal(await start('R02o', thing('tip'), '2026-05-01'), null, 'the duty is repealed');
    t.ok(await start('R02', thing('tip'), '2024-03-01'));
    t.equal(await start('C07', thing('tip'), '2026-05-01'), null, 'promptly is no clock');
    t.match(await refused(start('X99', thing('tip'), '2026-05-01')), { code: 'deadline.unknown_rule' });
  });

  await t.test(
    'own duties aim before a day off, others have until the rolled day, coercion never rolls',
    async (t) => {
      const [own, coercive, party] = [thing('case'), thing('measure'), thing('case')];
      await start('P04', own, '2024-02-17');
      t.match(await only(own), { rawOn: '2024-05-17', rolledOn: '2024-05-17', targetOn: '2024-05-17' });
      const holiday = thing('case');
      await start('P04', holiday, '2024-02-02');
      t.match(await only(holiday), { rawOn: '2024-05-02', rolledOn: '2024-05-06', targetOn: '2024-04-30' });
      await start('S04f', coercive, '2024-03-07');
      t.match(await only(coercive), { rawOn: '2024-04-06', rolledOn: '2024-04-06', targetOn: '2024-04-06' });
      await start('F01', party, '2024-04-17');
      t.match(await only(party), { rawOn: '2024-05-02', rolledOn: '2024-05-06', targetOn: '2024-05-06' });
    },
  );

  await t.test('hours run from an instant', async (t) => {
    const subject = thing('measure');
    t.match(await refused(start('S01', subject, '2024-02-05')), { code: 'deadline.instant_needed' });
    await start('S01', subject, '2024-02-05', new Date('2024-02-05T09:00:00+08:00'));
    t.match(await only(subject), {
      rawAt: '2024-02-06T09:00:00+08:00',
      targetOn: '2024-02-06',
      overdue: false,
      daysLeft: 1,
    });
    app.setNow('2024-02-06T09:00:01+08:00');
    t.match(await only(subject), { overdue: true, daysLeft: 0 });
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  await t.test('met and cancelled clocks stand still; late is remembered', async (t) => {
    const [inTime, late, gone] = [thing('source'), thing('source'), thing('source')];
    for (const subject of [inTime, late, gone]) await start('R01', subject, '2024-02-05');
    const meet = (subject: { kind: string; id: string }, at: string) =>
      run((tx) => meetClock(tx, { rule: 'R01', subject, at: new Date(at) }));
    t.equal(await meet(inTime, '2024-03-01T23:59:00+08:00'), 1);
    t.equal(await meet(inTime, '2024-03-01T23:59:00+08:00'), 0, 'only once');
    await meet(late, '2024-03-02T00:00:00+08:00');
    t.match(await only(inTime), { state: 'met', overdue: false, daysLeft: null });
    t.match(await only(late), { state: 'met', overdue: true });
    await run((tx) => cancelClock(tx, { rule: 'R01', subject: gone, reason: '登记有误' }));
    t.match(await only(gone), { state: 'cancelled', overdue: null });
    t.match(await refused(run((tx) => extendClock(tx, { rule: 'R01', subject: gone, reason: 'x' }))), {
      status: 409,
      code: 'clock.not_open',
    });
  });

  await t.test('a pause recounts when it begins and when it ends', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-02-05');
    await run((tx) =>
      excludeTime(tx, { rule: 'R01', subject, from: '2024-02-19', to: null, ground: '检测' }),
    );
    t.match(await only(subject), { state: 'paused', rawOn: null, targetOn: null, daysLeft: null });
    const reversed = refused(run((tx) => resumeClock(tx, { rule: 'R01', subject, to: '2024-02-18' })));
    t.match(await reversed, { status: 400, code: 'deadline.exclude_reversed' });
    await run((tx) => resumeClock(tx, { rule: 'R01', subject, to: '2024-02-20' }));
    t.match(await only(subject), { state: 'running', rawOn: '2024-03-05', exclusions: 1 });
    t.match(await refused(run((tx) => resumeClock(tx, { rule: 'R01', subject, to: '2024-02-20' }))), {
      code: 'clock.not_paused',
    });
    await run((tx) =>
      excludeTime(tx, { rule: 'R01', subject, from: '2024-02-26', to: '2024-02-27', ground: '复检' }),
    );
    t.match(await only(subject), { rawOn: '2024-03-07', exclusions: 2 });
  });

  await t.test('a corrected day moves everything that hangs on it, and the version with it', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-02-05');
    await run(async (tx) =>
      extendClock(tx, { rule: 'R01', subject, reason: '复杂', approvalId: await approval(subject) }),
    );
    const moved = await run((tx) =>
      moveTrigger(tx, { rule: 'R01', subject, on: '2024-02-04', reason: '收到日期有误' }),
    );
    t.equal(moved, 1);
    const clock = await only(subject);
    t.match(clock, { triggeredOn: '2024-02-04', rawOn: '2024-03-21', extensions: 1 });
    t.match((await detail(clock.id)).history.at(-1), {
      change: 'trigger_moved',
      detail: { reason: '收到日期有误' },
    });
    const tip = thing('tip');
    await start('C01', tip, '2026-04-15');
    await run((tx) =>
      moveTrigger(tx, { rule: 'C01', subject: tip, on: '2026-04-14', reason: '收到日期有误' }),
    );
    t.match(await only(tip), { rule: 'C01o' });
  });

  await t.test('a corrected day moves a met clock too: it stays met, and may prove late', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2024-02-05');
    const at = new Date('2024-03-01T02:00:00Z');
    await run((tx) => meetClock(tx, { rule: 'R01', subject, at }));
    const before = await only(subject);
    t.match(before, { state: 'met', rawOn: '2024-03-01', overdue: false });
    const move = () =>
      run((tx) => moveTrigger(tx, { rule: 'R01', subject, on: '2024-01-31', reason: '收到日期有误' }));
    t.equal(await move(), 1);
    const after = await only(subject);
    t.match(after, { state: 'met', metAt: before.metAt, triggeredOn: '2024-01-31', overdue: true });
    t.match((await detail(after.id)).history.at(-1), { change: 'trigger_moved' });
    await run((tx) => cancelClock(tx, { rule: 'R01', subject, reason: 'test' }));
    t.match(await only(subject), { state: 'met' }, 'only what is open is cancelled');
  });

  await t.test('over HTTP: list by target, page, one, explained in both languages', async (t) => {
    const all: string[] = [];
    let cursor = '';
    do {
      const { status, body } = await officer.get<List>(`/api/clocks?limit=3${cursor && `&cursor=${cursor}`}`);
      t.equal(status, 200);
      all.push(...body.items.map(({ targetOn, id }) => `${targetOn ?? '9999'}/${id}`));
      cursor = body.next ?? '';
    } while (cursor);
    t.ok(all.length > 9);
    t.same(all, all.toSorted(), 'soonest first');
    t.equal(new Set(all).size, all.length, 'none twice');
    const measures = await officer.get<List>('/api/clocks?subjectKind=measure&dueBefore=2024-03-31');
    t.same(
      measures.body.items.map(({ rule }) => rule),
      ['S01'],
    );
    t.equal((await officer.get('/api/clocks?dueBefore=2024-02-30')).status, 400);
    t.equal((await officer.get('/api/clocks?cursor=x')).status, 400);
    t.equal((await officer.get(`/api/clocks/${uuidV7(1)}`)).status, 404);
    const source = measures.body.items[0]!;
    t.equal((await (await app.as('laboratory_clerk')).get(`/api/clocks/${source.id}`)).status, 403);
    type Told = { sentences: string[]; days: { day: string; counted: boolean; text: string }[] };
    const subject = thing('tip');
    await start('C01', subject, '2024-02-05');
    const { id } = await only(subject);
    const told = await officer.get<Told>(`/api/clocks/${id}/explain`);
    const counted = told.body.days.filter((day) => day.counted).map(({ day }) => day);
    t.same(counted, [
      '2024-02-06',
      '2024-02-07',
      '2024-02-08',
      '2024-02-09',
      '2024-02-18',
      '2024-02-19',
      '2024-02-20',
    ]);
    t.match(told.body.days.find(({ day }) => day === '2024-02-12')?.text, /春节/);
    t.match(told.body.days.find(({ day }) => day === '2024-02-18')?.text, /调休上班/);
    t.match(told.body.sentences.join(), /C01o.*7 个工作日.*《.*》第14条/);
    const english = await officer.get<Told>(`/api/clocks/${id}/explain`, {
      headers: { 'accept-language': 'en' },
    });
    t.match(english.body.sentences.join(), /7 working days/);
    t.notMatch(english.body.sentences.join(), /clock\.explain/);
  });

  await t.test('by hand: only what the law lets out, and of a seizure only with a paper', async (t) => {
    const [tip, source, measure] = [thing('tip'), thing('source'), thing('measure')];
    await start('C01', tip, '2024-02-05');
    await start('R01', source, '2024-02-05');
    await start('S04f', measure, '2024-02-05');
    const time = { from: '2024-02-19', to: '2024-02-20', ground: '检测' };
    const ask = async (subject: { kind: string; id: string }, extra: Record<string, unknown> = {}) =>
      officer.post(`/api/clocks/${(await only(subject)).id}/exclude`, { ...time, ...extra });
    t.match(await ask(tip), { status: 422, body: { code: 'clock.no_exclusion', article: /第14条/ } });
    t.match(await ask(measure), { status: 422, body: { code: 'clock.paper_needed', gate: 'K23' } });
    const needed = { status: 422, body: { code: 'clock.paper_needed', gate: 'K23', article: /第二十五条/ } };
    const wrong = [
      uuidV7(5),
      await paper('measure-decision', measure),
      await paper('test-period-notice', thing('measure')),
    ];
    for (const documentId of wrong) t.match(await ask(measure, { documentId }), needed);
    const notice = await paper('test-period-notice', measure);
    t.match(await ask(measure, { documentId: notice }), needed, 'issued is not served');
    await serve(notice, measure);
    t.match(await ask(measure, { documentId: notice }), { status: 200, body: { rawOn: '2024-03-08' } });
    app.setNow('2024-03-09T10:00:00+08:00');
    t.match(await ask(measure, { documentId: notice, from: '2024-03-01', to: '2024-03-31' }), {
      status: 409,
      body: { code: 'clock.power_ended', gate: 'K23' },
    });
    app.setNow('2024-02-05T10:00:00+08:00');
    t.match(await ask(source, { documentId: uuidV7(5) }), {
      status: 422,
      body: { code: 'clock.paper_unknown' },
    });
    t.match(await ask(source), { status: 200, body: { rawOn: '2024-03-05' } });
    const traces = await app.deps.db
      .selectFrom('auditEntries')
      .select('detail')
      .where('action', '=', 'clock.exclude')
      .where('subjectId', '=', source.id)
      .execute();
    t.equal(traces.length, 1);
  });
});
