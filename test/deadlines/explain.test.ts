import t from 'tap';
import {
  cancelClock,
  excludeTime,
  extendClock,
  meetClock,
  type Interruption,
  interruptClocks,
} from '../../src/modules/deadlines/index.ts';
import { loadRules } from '../../src/modules/deadlines/rule-data.ts';
import type { ClockExplanation } from '../../src/modules/deadlines/schemas.ts';
import { textKeys } from '../../src/i18n/index.ts';
import { clockWorld, thing, type Thing } from '../given/clocks.ts';

t.test('a clock explains itself', async (t) => {
  const { app, officer, run, start, only, approval, paper } = await clockWorld(t);
  const explain = async (id: string, locale = 'zh'): Promise<ClockExplanation> => {
    const headers = { 'accept-language': locale };
    return (await officer.get<ClockExplanation>(`/api/clocks/${id}/explain`, { headers })).body;
  };
  const told = async (subject: Thing, locale = 'zh'): Promise<string> =>
    (await explain((await only(subject)).id, locale)).sentences.join('\n');

  await t.test(
    'trigger, rule, article, pauses with their papers, extensions with who approved',
    async (t) => {
      const subject = thing('source');
      await start('R01', subject, '2024-02-05');
      const documentId = await paper('test-commission', subject);
      await app.owner
        .updateTable('documents')
        .set({ number: '新市监检鉴委〔2024〕7号' })
        .where('id', '=', documentId)
        .execute();
      const away: Interruption = {
        cause: 'testing',
        origin: thing('sample'),
        subjects: [subject],
        from: '2024-02-19',
        to: '2024-02-20',
        ground: '样品送检',
        served: { kind: 'test-commission', documentId },
      };
      await run((tx) => interruptClocks(tx, away));
      const approvalId = await approval(subject);
      await run((tx) => extendClock(tx, { rule: 'R01', subject, reason: '需要检验', approvalId }));
      const { id } = await only(subject);
      const { sentences, days } = await explain(id);
      t.same(sentences, [
        '2024-02-05：发现线索或收到材料，当日不计入。',
        '适用 R01「举报/线索核查与立案决定」：15 个工作日，依据《市场监督管理行政处罚程序规定》第18条。',
        '扣除 2024-02-19 至 2024-02-20（首尾两日均扣除），检测、检验、检疫：样品送检。依据文书：新市监检鉴委〔2024〕7号。',
        `依法延长 15 个工作日：需要检验。批准人：${app.filled.users['bureau_head']!.name}。`,
        '计算届满：2024-03-26。',
        '本局应当在 2024-03-26 前完成（届满当日或之前的最后一个工作日）。',
        `工作日历版本：${(await only(subject)).calendarVersion}。`,
      ]);
      const line = (day: string): string | undefined => days.find((found) => found.day === day)?.text;
      t.equal(line('2024-02-10'), '2024-02-10，放假（春节）');
      t.equal(line('2024-02-18'), '2024-02-18，调休上班（春节）');
      t.equal(line('2024-02-19'), '2024-02-19，工作日，扣除：样品送检');
      t.equal(line('2024-02-24'), '2024-02-24，周末');
      t.equal(days.filter(({ counted }) => counted).length, 30);
      const english = (await explain(id, 'en')).sentences.join('\n');
      t.match(english, /15 working days, by .*, art\. 18/);
      t.match(english, /testing\): 样品送检\. By paper 新市监检鉴委〔2024〕7号/);
      t.notMatch(english, /clock\.|\{/, 'no key and no empty blank');
    },
  );

  await t.test('what its end means, by whose it is', async (t) => {
    app.setNow('2024-06-01T10:00:00+08:00');
    const begun = async (rule: string, kind: string, on: string): Promise<Thing> => {
      const subject = thing(kind);
      await start(rule, subject, on);
      return subject;
    };
    const duty = await told(await begun('P04', 'case', '2024-02-02'));
    t.match(duty, /届满日为 2024-05-02，放假（劳动节）；本局的期限不因此顺延（顺延后为 2024-05-06）/);
    t.match(duty, /已于 2024-05-02 届满，尚未完成，属逾期/);
    const right = await told(await begun('F05', 'case', '2024-03-04'));
    t.match(right, /对方的权利或义务算至 2024-05-06/);
    t.match(right, /权利未行使/);
    const power = await told(await begun('S04f', 'measure', '2024-03-07'));
    t.match(power, /强制措施到 2024-04-06 为止，遇节假日不顺延/);
    t.match(power, /权力随之终止/);
    t.match(await told(await begun('P14', 'document', '2024-03-15')), /其后方可进行下一步。\n.*\n期间已于/);
    t.match(await told(await begun('P04', 'case', '2024-05-20'), 'en'), /The bureau aims at 2024-08-16/);
    app.setNow('2024-02-05T10:00:00+08:00');
  });

  await t.test('the five years instead of two; paused, met, met late, cancelled', async (t) => {
    const [limitation, paused, late, gone] = [
      thing('case'),
      thing('source'),
      thing('source'),
      thing('source'),
    ];
    await start('P17', limitation, '2023-03-01');
    const approvalId = await approval(limitation);
    await run((tx) => extendClock(tx, { rule: 'P17', subject: limitation, reason: '危害健康', approvalId }));
    t.match(await told(limitation), /期限改为 5 年：危害健康/);
    t.equal((await explain((await only(limitation)).id)).days.length, 0, 'years are not followed by finger');
    for (const subject of [paused, late, gone]) await start('R01', subject, '2024-01-04');
    const open = { rule: 'R01', subject: paused, from: '2024-01-10', to: null, ground: '鉴定' };
    await run((tx) => excludeTime(tx, open));
    t.match(await told(paused), /自 2024-01-10 起暂停计算，尚未恢复/);
    const at = new Date('2024-01-30T10:00:00+08:00');
    await run((tx) => meetClock(tx, { rule: 'R01', subject: late, at }));
    t.match(await told(late), /于 2024-01-30T10:00:00\+08:00 完成，已超过 2024-01-25/);
    await run((tx) => cancelClock(tx, { rule: 'R01', subject: gone, reason: '登记有误' }));
    t.match(await told(gone), /已撤销：登记有误/);
  });

  await t.test('of a year not loaded it says so', async (t) => {
    const subject = thing('source');
    await start('R01', subject, '2026-12-28');
    t.match(await told(subject), /等待导入 2027 年工作日历/);
    t.match(await told(subject, 'en'), /calendar of 2027/);
  });
});

t.test('every cause and every event has its words in both languages', async (t) => {
  const { rules, events } = loadRules();
  const causes = new Set(rules.flatMap(({ excludes }) => excludes.map(({ cause }) => cause)));
  const keys = [...causes].map((cause) => `clock.cause.${cause}`);
  for (const locale of ['zh', 'en'] as const)
    t.same(
      keys.filter((key) => !textKeys(locale).includes(key)),
      [],
    );
  for (const { id, event } of rules) t.ok(events[event]?.zh && events[event].en, id);
});
