import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { citationText, loadRules, parseRules } from '../../src/modules/deadlines/rule-data.ts';

const book = loadRules();

t.test('every rule is there, with the articles it rests on', async (t) => {
  t.equal(book.rules.length, 115);
  t.equal(Object.keys(book.laws).length, 36);
  t.same(
    book.rules.filter((r) => r.duration === null).map((r) => r.id),
    ['C07', 'C08', 'R03', 'R04', 'S05'],
    'these say promptly, or nothing',
  );
  const s04f = book.get('S04f');
  t.same(s04f?.duration, { value: 30, unit: 'day' });
  t.match(s04f?.extension, { mode: 'add', value: 45, unit: 'day', maxTimes: 1 });
  t.equal(s04f?.rollover, 'none');
  t.same(s04f?.citations[0], { law: 'FSLR', article: '61' });
  t.same(book.get('P17')?.extension?.mode, 'replace');
  t.equal(book.get('X99'), undefined);
  t.equal(book.get('s04f'), s04f, 'whatever the case it is typed in');
});

t.test('whose limit, on what, started by what', async (t) => {
  const of = (id: string): unknown[] => {
    const { side, nature, subject, event } = book.get(id)!;
    return [side, nature, subject, event];
  };
  t.same(of('C01'), ['bureau', 'duty', 'tip', 'tip.received']);
  t.same(of('P06'), ['party', 'right', 'case', 'penalty.notice_served']);
  t.same(of('S04f'), ['bureau', 'power', 'measure', 'measure.execute']);
  t.same(of('T04'), ['police', 'duty', 'transfer', 'transfer.acknowledge']);
  t.same(of('L02'), ['laboratory', 'duty', 'sample', 'sample.receive']);
  t.same(of('P14'), ['bureau', 'period', 'service', 'service.announced']);
  const ids = (nature: string): string[] => book.rules.filter((r) => r.nature === nature).map((r) => r.id);
  t.same(ids('power'), ['P17', 'S03', 'S04', 'S04f', 'F04']);
  t.same(ids('right'), ['C05', 'P06', 'F05', 'F06', 'F07', 'L06', 'L06q', 'L12', 'L13', 'W02']);
  t.same(ids('period'), ['P14', 'P14o', 'F03', 'G05', 'G06', 'G07', 'L18', 'L19', 'L20', 'D01', 'D02']);
  t.same(
    book.rules.filter((r) => r.appliesTo === 'plan_samples_or_setting').map((r) => r.id),
    ['L06', 'L06q'],
  );
});

t.test('seven ways of service', async (t) => {
  t.same(
    book.services.map(({ zh }) => zh),
    ['直接送达', '留置送达', '电子送达', '邮寄送达', '委托送达', '转交送达', '公告送达'],
  );
  t.same(
    book.services.filter(({ noticeRule }) => noticeRule !== null).map(({ key }) => key),
    ['public_notice'],
  );
});

t.test('the version in force on a day, from any version of the family', async (t) => {
  const idAt = (id: string, day: string): string | undefined => book.at(id, day)?.id;
  t.equal(idAt('C01', '2024-02-05'), 'C01o');
  t.equal(idAt('C01', '2026-04-14'), 'C01o');
  t.equal(idAt('C01', '2026-04-15'), 'C01');
  t.equal(idAt('C01o', '2026-04-15'), 'C01');
  t.equal(idAt('C01', '2019-12-31'), undefined, 'nothing is known of before');
  t.equal(idAt('C02', '2024-06-30'), 'C02o');
  t.equal(idAt('C02', '2024-07-01'), 'C02');
  t.equal(idAt('R02', '2024-03-01'), 'R02o');
  t.equal(idAt('R02', '2026-04-15'), undefined, 'the duty was abolished');
  t.equal(idAt('R02o', '2024-03-01'), 'R02o');
  t.equal(idAt('P14', '2022-10-31'), 'P14o');
  t.equal(idAt('P14', '2022-11-01'), 'P14');
  t.equal(idAt('Z11', '2026-11-30'), 'Z11o');
  t.equal(idAt('Z11', '2026-12-01'), 'Z11');
  t.equal(idAt('T12', '2001-01-01'), 'T12', 'no dates: always');
  t.equal(idAt('S04f', '2019-11-30'), undefined);
  t.equal(idAt('X99', '2024-01-01'), undefined);
  t.same(
    book.versions('C01').map((r) => r.id),
    ['C01o', 'C01'],
  );
  t.same(book.versions('nothing'), []);
});

t.test('citations as they are printed', async (t) => {
  const c01 = book.get('C01')!;
  t.equal(
    citationText(book, { rule: c01, on: '2026-05-06' }, 'zh'),
    '《市场监督管理投诉举报处理办法》第15条、《消费者权益保护法实施条例》第46条第2款、《消费者权益保护法》第46条',
  );
  t.equal(
    citationText(book, { rule: book.get('C02o')!, on: '2024-02-05' }, 'zh'),
    '《市场监督管理投诉举报处理暂行办法》第21条第1款第5项',
  );
  t.match(
    citationText(book, { rule: book.get('S04f')!, on: '2026-05-06' }, 'en'),
    /Food Safety Law Implementing Regulation, art\. 61; /,
  );
  t.match(
    citationText(book, { rule: book.get('S04f')!, on: '2026-05-06' }, 'zh'),
    /《食品安全法实施条例》第61条/,
  );
  t.equal(
    citationText(book, { rule: book.get('W01')!, on: '2026-05-06' }, 'zh'),
    '《市场监管领域重大违法行为举报奖励暂行办法》（条号未核实）',
  );
});

t.test('only what was in force on the day is cited', async (t) => {
  const rule = book.get('R01')!;
  const order2 = '《市场监督管理行政处罚程序规定》第18条';
  t.equal(citationText(book, { rule, on: '2024-02-05' }, 'zh'), order2, 'Order 121 is of 2026');
  t.equal(citationText(book, { rule, on: '2026-04-14' }, 'zh'), order2);
  const both = `${order2}、《市场监督管理投诉举报处理办法》第35条第1款`;
  t.equal(citationText(book, { rule, on: '2026-04-15' }, 'zh'), both);
  for (const { rule, on } of book.rules.map((rule) => ({ rule, on: rule.validFrom ?? '1949-10-01' })))
    t.not(citationText(book, { rule, on }, 'zh'), '', rule.id);
});

t.test('a figure in brackets is a paragraph, a second one an item of it', async (t) => {
  t.match(
    citationText(book, { rule: book.get('P10')!, on: '2026-05-06' }, 'zh'),
    '《行政处罚法》第64条第1款第2项',
  );
  t.match(citationText(book, { rule: book.get('P14')!, on: '2026-05-06' }, 'zh'), '第82条第1款第5项');
});

t.test('a book that contradicts itself does not load', async (t) => {
  type Raw = { laws: Record<string, unknown>; rules: Record<string, unknown>[] };
  const file = join(import.meta.dirname, '../../src/data/rules.json');
  const broken = (change: (raw: Raw) => void): (() => unknown) => {
    const raw = JSON.parse(readFileSync(file, 'utf8')) as Raw;
    change(raw);
    return () => parseRules(raw);
  };
  const ruleOf = (raw: Raw, id: string): Record<string, unknown> => raw.rules.find((r) => r['id'] === id)!;
  t.doesNotThrow(broken(() => {}));
  t.throws(
    broken((raw) => delete raw.laws['CXGD']),
    /CXGD/,
    'an unknown law',
  );
  t.throws(
    broken((raw) => raw.rules.push(raw.rules[0]!)),
    /C01/,
    'an id twice',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'C01o')['validTo'] = '2026-04-15')),
    /C01/,
    'versions that overlap',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'C01')['validFrom'] = '2026-02-30')),
    'an impossible day',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'R02o')['validTo'] = '2019-01-01')),
    /R02o/,
    'ends before it begins',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'C01')['duration'] = { value: 0, unit: 'day' })),
    'no length',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'C01')['event'] = 'tip.lost')),
    /tip\.lost/,
    'an unknown event',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'P06')['nature'] = 'power')),
    /P06/,
    'a power is the bureau’s',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'P14')['nature'] = 'duty')),
    /P14/,
    'a waiting time is nobody’s duty',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'L02')['appliesTo'] = null)),
    /L02/,
    'a limit of samples says of which',
  );
  t.throws(
    broken((raw) => (ruleOf(raw, 'C01')['more'] = 1)),
    'an unknown key',
  );
  t.throws(
    broken(
      (raw) =>
        (ruleOf(raw, 'R01')['extension'] = { ...(ruleOf(raw, 'R01')['extension'] as object), value: null }),
    ),
    /R01/,
    'an extension to add needs a length',
  );
});
