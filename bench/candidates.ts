/**
 * Candidates while a name is typed, over HTTP, with a hundred thousand parties in the database: each request is one more
 * character of a name that is there, or of one with a slip of the pen in it, or of a credit code.
 */
import { performance } from 'node:perf_hooks';
import { type BenchDatabase, startDatabase } from './database.ts';
import { type Child, logIn, makeSender, startProduct } from './http.ts';
import { percentile } from './measure.ts';

const PARTIES = 100_000;
const NAMES = 120;
const LIMITS = { p95Ms: 200 };
const ROLE = 'intake_officer';

/** Characters of trade names: a place, two to four of them, a trade, a form. */
export const CHARACTERS =
  '张王李赵刘陈杨黄周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤福禄寿喜天地玄牧香云山水月明光华丽美佳味鲜甘甜';

/** A name made of the number `h`, and how often each stands in the SQL of a fill. */
export const NAME_SQL = `(array['成都','新都','四川','绵阳','德阳',''])[1 + h % 6] || substr($3, 1 + (h / 7 % 140)::int, 1)
  || substr($3, 1 + (h / 1000 % 140)::int, 1) || (case when h % 3 = 0 then '' else substr($3, 1 + (h / 140000 % 140)::int, 1) end)
  || (array['食品有限公司','商贸有限公司','餐饮管理有限公司','超市','面馆','火锅店','便利店','食品厂'])[1 + h / 3 % 8]`;

export const ADDRESS_SQL = `'四川省成都市新都区' || (array['新都','大丰','新繁','石板滩','桂湖'])[1 + h % 5] || '街道'
  || substr($3, 1 + (h / 11 % 140)::int, 1) || substr($3, 1 + (h / 1100 % 140)::int, 1) || '路' || (h % 300) || '号'`;

const FILL = `insert into parties (id, bureau_id, kind, name, name_key, uscc, address, created_by, created_at)
  select gen_random_uuid(), $2, 'company', name, name, '91510114MA' || lpad(n::text, 8, '0'), address, 'bench',
    timestamptz '2020-01-01' + n * interval '10 minutes'
  from (select n, ${NAME_SQL} as name, ${ADDRESS_SQL} as address
    from (select n, n::bigint * 104729 % 2147483000 as h from generate_series(1, $1::int) as n) as numbered) as named`;

/** Fills the parties; one statement, the triggers included. */
export async function fillParties({ asOwner, template }: BenchDatabase, parties: number): Promise<void> {
  await asOwner(FILL, [parties, template.filled.bureauId, CHARACTERS]);
  await asOwner('vacuum analyze');
}

type Typed = { names: string[]; codes: string[] };

async function someParties({ asOwner }: BenchDatabase): Promise<Typed> {
  const { rows } = await asOwner(
    `select name, uscc from parties where created_by = 'bench' order by md5(id::text) limit ${NAMES}`,
  );
  const found = rows as { name: string; uscc: string }[];
  return { names: found.map(({ name }) => name), codes: found.map(({ uscc }) => uscc) };
}

const prefixes = (text: string, from: number): string[] => {
  const characters = Array.from(text);
  return characters.slice(from - 1).map((_, more) => characters.slice(0, from + more).join(''));
};

const slipped = (name: string): string => {
  const characters = Array.from(name);
  return characters.with(Math.floor(characters.length / 3), '错').join('');
};

/** What is typed: every name letter by letter, the whole of each with one wrong character, codes in steps of four. */
const queries = ({ names, codes }: Typed): Record<string, string[]> => ({
  typing: names.flatMap((name) => prefixes(name, 2)),
  slip: names.map(slipped),
  code: codes.flatMap((code) => [8, 12, 16, 18].map((length) => code.slice(0, length))),
});

type Times = Record<string, { p50Ms: number; p95Ms: number; requests: number }>;

/** The middle and the slow times of GET requests, one after the other as a typist sends them. */
export async function timesOf(
  get: (path: string) => Promise<void>,
  groups: Record<string, string[]>,
): Promise<Times> {
  const times: Times = {};
  for (const [name, paths] of Object.entries(groups)) {
    for (const path of paths.slice(0, 50)) await get(path);
    const taken: number[] = [];
    for (const path of paths) {
      const began = performance.now();
      await get(path);
      taken.push(performance.now() - began);
    }
    times[name] = { p50Ms: percentile(taken, 50), p95Ms: percentile(taken, 95), requests: taken.length };
  }
  return times;
}

export async function benchCandidates(): Promise<Record<string, unknown>> {
  const db = await startDatabase();
  const children: Child[] = [];
  try {
    await fillParties(db, PARTIES);
    const child = await startProduct(db);
    children.push(child);
    const who = await logIn(child.url, db, ROLE);
    const { send } = makeSender(child.url, 1);
    const get = async (path: string): Promise<void> => {
      const { status, text } = await send('GET', path, who);
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    };
    const groups = Object.fromEntries(
      Object.entries(queries(await someParties(db))).map(([name, typed]) => [
        name,
        typed.map((q) => `/api/parties/candidates?q=${encodeURIComponent(q)}`),
      ]),
    );
    const times = await timesOf(get, groups);
    const held = Object.values(times).every(({ p95Ms }) => p95Ms <= LIMITS.p95Ms);
    return { parties: PARTIES, ...times, limits: LIMITS, held };
  } finally {
    for (const child of children) await child.stop();
    await db.stop();
  }
}
