import t from 'tap';
import { shian } from './run.ts';

// No database and no folder to keep one in: the command must need neither.
const NOWHERE = { DATA_DIR: '/dev/null/var', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };

type Due = { rule: string; raw: string; rolled: string | null; counted: string[]; article: string };

const ask = async (...words: string[]): Promise<Due> => {
  const { status, out, err } = await shian(['deadline', ...words, '--json'], NOWHERE);
  if (status !== 0) throw new Error(err);
  return JSON.parse(out) as Due;
};

t.jobs = 3;

t.test('the seizure of the story: thirty days, and forty-five more', async (t) => {
  const due = await ask('S04f', '--from', '2024-03-07');
  t.same(Object.keys(due), ['rule', 'raw', 'rolled', 'counted', 'article']);
  t.match(due, { rule: 'S04f', raw: '2024-04-06', rolled: '2024-04-06' });
  t.equal(due.counted.length, 30);
  t.same([due.counted[0], due.counted.at(-1)], ['2024-03-08', '2024-04-06']);
  t.match(due.article, '食品安全法实施条例');
  t.match(await ask('S04f', '--from', '2024-03-07', '--extend'), { raw: '2024-05-21' });
});

t.test('days left out count only where they fall inside', async (t) => {
  const from = ['S04f', '--from', '2024-03-07'];
  t.match(await ask(...from, '--exclude', '2024-03-11..2024-03-15'), { raw: '2024-04-11' });
  t.match(await ask(...from, '--exclude', '2024-03-01..2024-03-08'), { raw: '2024-04-07' });
  t.match(
    await ask(...from, '--exclude', '2024-03-11..2024-03-12', '--exclude', '2024-03-12..2024-03-13'),
    { raw: '2024-04-09' },
    'a day left out twice is left out once',
  );
});

t.test('working days over the Spring Festival, instants with their offset', async (t) => {
  const working = await ask('C01o', '--from', '2024-02-05');
  t.match(working, { raw: '2024-02-20', rolled: '2024-02-20' });
  t.equal(working.counted.length, 7);
  t.ok(working.counted.includes('2024-02-18'), 'a Sunday that was worked');
  const hours = await ask('S01', '--from', '2024-03-07T09:30:00+08:00');
  t.match(hours, { raw: '2024-03-08T09:30:00+08:00', counted: [] });
});

t.test('every refusal: exit 2 and a sentence in both languages', async (t) => {
  const refusals: [string, string[], RegExp][] = [
    ['a rule without a length', ['C07', '--from', '2026-05-01'], /C07/],
    ['an open extension', ['P05', '--from', '2024-03-07', '--extend'], /P05/],
    ['hours from a bare day', ['S01', '--from', '2024-03-07'], /S01/],
    ['not in force, naming the one that is', ['C01', '--from', '2024-02-05'], /C01o/],
    ['working days of a year not loaded', ['R01', '--from', '2026-12-20'], /2027/],
    ['no day', ['S04f', '--from', '2024-02-30'], /2024-02-30/],
  ];
  const ran = await Promise.all(
    refusals.map(async ([name, words, names]) => ({
      name,
      names,
      ran: await shian(['deadline', ...words, '--json'], NOWHERE),
    })),
  );
  for (const { name, names, ran: one } of ran) {
    t.equal(one.status, 2, name);
    t.equal(one.out, '', `${name}: nothing on standard output`);
    const [zh, en, ...more] = one.err.trim().split('\n');
    t.match(zh, /[\u4e00-\u9fff]/, name);
    t.match(en, /^["A-Z].*\.$/, name);
    t.match(zh, names);
    t.match(en, names);
    t.same(more, [], name);
  }
});

t.test('words that are missing or not understood: exit 2 and the usage', async (t) => {
  for (const words of [['S04f'], ['S04f', '--from', '2024-03-07', '--frm', 'x']]) {
    const { status, err } = await shian(['deadline', ...words], NOWHERE);
    t.equal(status, 2);
    t.match(err, 'deadline <rule> --from');
  }
});

t.test('help, and a command there is none of', async (t) => {
  const help = await shian(['help'], NOWHERE);
  t.equal(help.status, 0);
  for (const name of [
    'serve',
    'migrate',
    'create-user',
    'run-job',
    'verify-audit',
    'import-divisions',
    'import-calendar',
    'backup',
    'restore',
    'deadline',
  ]) {
    t.match(help.out, new RegExp(`^  ${name}\\b`, 'm'));
  }
  t.equal((await shian([], NOWHERE)).status, 2);
  for (const name of ['dance', 'constructor']) {
    const { status, err } = await shian([name], NOWHERE);
    t.equal(status, 2, name);
    t.match(err, `unknown command: ${name}`);
  }
});
