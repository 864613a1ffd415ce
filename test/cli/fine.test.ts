import t from 'tap';
import { shian } from './run.ts';

// No database and no folder to keep one in: the commands must need neither.
const NOWHERE = { DATA_DIR: '/dev/null/var', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };

const ask = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { status, out, err } = await shian([...words, '--json'], NOWHERE);
  if (status !== 0) throw new Error(err);
  return JSON.parse(out) as Record<string, unknown>;
};

t.jobs = 3;

t.test('fine: exactly 10,000 yuan takes the multiple, just below does not', async (t) => {
  const at = await ask('fine', 'FSL122', '--value', '10000');
  t.same(Object.keys(at).slice(0, 3), ['rule', 'min', 'max']);
  t.match(at, { rule: 'FSL122', min: 100_000, max: 200_000 });
  t.match(await ask('fine', 'FSL124', '--value', '9999.99'), { min: 50_000, max: 100_000 });
  const none = await ask('fine', 'FSL135', '--value', '1');
  t.match(none, { min: null, max: null, text: /不设罚款/ });
  const dated = await ask('fine', 'CYJY47-3', '--value', '1', '--on', '2025-04-30');
  t.match(dated, { steps: [{}, { min: 2000 }] });
});

t.test('threshold: what is reached, with the sums', async (t) => {
  t.match(await ask('threshold', '--sold', '48600', '--unsold', '0'), { reached: { length: 0 } });
  t.match(await ask('threshold', '--sold', '0', '--unsold', '150000'), {
    reached: ['CL140_unsold', 'CL140_combined'],
  });
});

t.test('for people: lines, and refusals in both languages with exit 2', async (t) => {
  const shown = await shian(['fine', 'FSL124', '--value', '48600'], NOWHERE);
  t.equal(shown.status, 0);
  t.match(shown.out, /48,600\.00 元 × 10 倍 = 486,000\.00 元/);
  t.match(shown.out, /第一百二十四条第一款/);
  const sums = await shian(['threshold', '--sold', '60000', '--unsold', '0'], NOWHERE);
  t.match(sums.out, /60,000\.00 ≥ 50,000\.00/);
  for (const words of [
    ['fine', 'FSL999', '--value', '1'],
    ['fine', 'FSL122'],
    ['fine', 'FSL122', '--value=-1'],
    ['fine', 'FSL122', '--value', '1', '--on', '2025-02-30'],
    ['fine'],
    ['fine', 'FSL122', '--value', '1', '--surprise'],
    ['threshold', '--sold', '1'],
    ['threshold', '--sold', 'x', '--unsold', '1'],
  ]) {
    const { status, out, err } = await shian(words, NOWHERE);
    t.equal(status, 2, words.join(' '));
    t.equal(out, '');
    t.match(err, /[a-z]/);
    t.match(err, /[一-鿿]/);
  }
});
