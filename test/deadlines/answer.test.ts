import t from 'tap';
import { textKeys } from '../../src/i18n/index.ts';
import { deadlineAnswer, deadlineText, loadDeadlineDesk } from '../../src/modules/deadlines/answer.ts';
import type { DeadlineQuestion } from '../../src/modules/deadlines/answer.ts';

const desk = loadDeadlineDesk();
const ask = (
  rule: string,
  from: string,
  more: Partial<DeadlineQuestion> = {},
): ReturnType<typeof deadlineAnswer> => deadlineAnswer({ rule, from, ...more }, desk);
const json = (rule: string, from: string, more: Partial<DeadlineQuestion> = {}): unknown => {
  const answer = ask(rule, from, more);
  if (!answer.ok) throw new Error(answer.code);
  return answer.json;
};
const zh = (rule: string, from: string, more: Partial<DeadlineQuestion> = {}): string =>
  deadlineText(ask(rule, from, more), desk, 'zh');
const en = (rule: string, from: string, more: Partial<DeadlineQuestion> = {}): string =>
  deadlineText(ask(rule, from, more), desk, 'en');

t.test('the JSON has five members, days as days, instants with an offset', async (t) => {
  t.same(json('C01o', '2024-02-05'), {
    rule: 'C01o',
    raw: '2024-02-20',
    rolled: '2024-02-20',
    counted: [
      '2024-02-06',
      '2024-02-07',
      '2024-02-08',
      '2024-02-09',
      '2024-02-18',
      '2024-02-19',
      '2024-02-20',
    ],
    article: '《市场监督管理投诉举报处理暂行办法》第14条',
  });
  t.match(json('S01', '2023-04-28T17:40+08:00'), {
    raw: '2023-04-29T17:40:00+08:00',
    rolled: '2023-04-29T17:40:00+08:00',
    counted: [],
  });
  t.match(json('T02', '2024-03-07T01:30:00Z'), { raw: '2024-03-08T09:30:00+08:00' });
  t.match(json('s04F', '2024-03-07'), { rule: 'S04f', raw: '2024-04-06', rolled: '2024-04-06' });
  t.match(json('S04f', '2024-03-07', { extend: true }), { raw: '2024-05-21', rolled: '2024-05-21' });
  t.match(json('S04', '2024-03-07', { extend: true }), { raw: '2024-05-06' });
  t.match(json('R01', '2024-02-05', { extend: true }), { raw: '2024-03-22' });
  t.match(json('P17', '2024-03-07', { extend: true }), { raw: '2029-03-07' }, 'five years instead of two');
  t.match(
    json('S04', '2024-03-06T20:00:00Z'),
    { raw: '2024-04-06' },
    'a day rule takes the day of an instant',
  );
});

t.test('--exclude may be repeated', async (t) => {
  const exclude = ['2024-03-11..2024-03-15', '2024-03-18..2024-03-19'];
  t.match(json('S04f', '2024-03-07', { exclude }), { raw: '2024-04-13' });
  t.match(json('S04f', '2024-03-07', { exclude: ['2024-03-11..2024-03-11'] }), { raw: '2024-04-07' });
});

t.test('natural days over a year that is not loaded: raw is told, rolled is empty', async (t) => {
  t.match(json('F05', '2026-12-01'), { raw: '2027-01-30', rolled: null });
  t.match(zh('F05', '2026-12-01'), '待导入 2027 年工作日历');
  t.match(json('S04f', '2027-03-07'), { raw: '2027-04-06', rolled: '2027-04-06' });
});

t.test('every refusal is a sentence in both languages', async (t) => {
  const refusals: [string, string, string, Partial<DeadlineQuestion>, RegExp][] = [
    ['unknown_rule', 'X99', '2024-03-07', {}, /X99/],
    ['unknown_version', 'R02', '2024-03-07', {}, /R02o/],
    ['no_length', 'C07', '2026-05-01', {}, /C07/],
    ['open_extension', 'P05', '2024-03-07', { extend: true }, /P05/],
    ['no_extension', 'C01o', '2024-03-07', { extend: true }, /C01o/],
    ['instant_needed', 'S01', '2024-03-07', {}, /S01/],
    ['not_in_force', 'C01', '2024-02-05', {}, /C01o/],
    ['not_in_force', 'C01o', '2026-04-15', {}, /C01[^o]/],
    ['not_in_force', 'C02', '2024-02-05', {}, /C02o/],
    ['never_in_force', 'R02o', '2026-04-15', {}, /2026-04-14/],
    ['never_in_force', 'C01', '2019-12-31', {}, /2026-04-15/],
    ['awaiting_year', 'R01', '2026-12-20', {}, /2027/],
    ['awaiting_year', 'R01', '2027-03-01', {}, /2027/],
    ['bad_from', 'R01', '2024-02-30', {}, /2024-02-30/],
    ['bad_from', 'R01', '2024-02-05T10:00', {}, /2024-02-05T10:00/],
    ['bad_from', 'R01', '', {}, /YYYY-MM-DD/],
    ['bad_exclude', 'R01', '2024-02-05', { exclude: ['2024-02-06'] }, /2024-02-06/],
    ['bad_exclude', 'R01', '2024-02-05', { exclude: ['2024-02-06..2024-02-07', 'x..y'] }, /x\.\.y/],
    ['bad_exclude', 'R01', '2024-02-05', { exclude: ['2024-02-06..2024-02-30'] }, /2024-02-30/],
    ['bad_exclude', 'R01', '2024-02-05', { exclude: ['2024-02-06..2024-02-07..2024-02-08'] }, /\.\./],
    ['exclude_reversed', 'R01', '2024-02-05', { exclude: ['2024-02-08..2024-02-07'] }, /2024-02-08/],
    ['too_far', 'R01', '2024-02-05', { exclude: ['2024-02-06..9999-12-31'] }, /9999/],
  ];
  for (const [code, rule, from, more, names] of refusals) {
    const answer = ask(rule, from, more);
    t.match(answer, { ok: false, code: `deadline.${code}` }, `${rule} ${from}`);
    for (const sentence of [zh(rule, from, more), en(rule, from, more)]) {
      t.match(sentence, names);
      t.notMatch(sentence, /\{\w+\}|deadline\./, 'no blank is left open');
    }
    t.match(zh(rule, from, more), /[\u4e00-\u9fff]/);
  }
});

t.test('the answer as text', async (t) => {
  t.equal(
    zh('C01o', '2024-02-05'),
    [
      'C01o 受理决定(旧)：自 2024-02-05 起，7 个工作日',
      '届满：2024-02-20　顺延后：2024-02-20',
      '计入 7 日：2024-02-06、2024-02-07、2024-02-08、2024-02-09、2024-02-18（调休上班）、2024-02-19、2024-02-20',
      '依据：《市场监督管理投诉举报处理暂行办法》第14条',
    ].join('\n'),
  );
  t.match(
    en('S04f', '2024-03-07', { extend: true }),
    /from 2024-03-07, 75 days\nDue: 2024-05-21 {2}rolled: 2024-05-21\n/,
  );
  t.notMatch(zh('S01', '2023-04-28T17:40+08:00'), /计入/, 'hours list no days');
});

t.test('every rule with a length answers on a day it is in force', async (t) => {
  for (const rule of desk.book.rules.filter((r) => r.duration !== null)) {
    const since = [rule.validFrom ?? '', '2024-03-07'].toSorted().at(-1)!;
    const day = rule.validTo !== null && rule.validTo < since ? rule.validTo : since;
    const answer = ask(rule.id, rule.duration?.unit === 'hour' ? `${day}T09:00:00+08:00` : day);
    t.match(answer, { ok: true, json: { rule: rule.id } }, `${rule.id} from ${day}`);
    t.notMatch(deadlineText(answer, desk, 'en'), /\{\w+\}|deadline\.|undefined/);
  }
});

t.test('both languages have the same sentences', async (t) => {
  const ours = (locale: 'zh' | 'en'): string[] =>
    textKeys(locale)
      .filter((key) => key.startsWith('deadline.') || key.startsWith('calendar.'))
      .toSorted();
  t.same(ours('zh'), ours('en'));
});
