/**
 * Entering a complete complaint over HTTP against the rows it wrote, written by plain pg statement for statement,
 * and beside a bare server that writes one row; each at 32 connections, turn by turn.
 */
import { join, resolve } from 'node:path';
import pg from 'pg';
import { checkUscc } from '../src/shared/codes.ts';
import { capture, type Statement } from './capture.ts';
import { type BenchDatabase, startDatabase } from './database.ts';
import { type Child, logIn, makeSender, startChild, startProduct } from './http.ts';
import { median, throughput } from './measure.ts';
import { replayOf, transactionOf } from './replay.ts';

const LANES = 32;
const ROUNDS = 5;
const PER_ROUND = 400;
/** Requests until the server's code is compiled. */
const WARM_UP = 1500;
const LIMITS = { ratio: 0.6, share: 0.1 };
const BARE = resolve(import.meta.dirname, 'bare-server.ts');

/** A made-up credit code for each n: its check character is found by trying. */
function usccOf(n: number): string {
  const body = `91510114MA${String(n).padStart(7, '0')}`;
  const found = '0123456789ABCDEFGHJKLMNPQRTUWXY'.split('').find((check) => checkUscc(body + check).ok);
  return body + found;
}

/** What no two requests share: the key, the other system's number, the party's credit code. */
const wordsOf = (n: number): string[] => [
  `bench-key-${String(n).padStart(7, '0')}`,
  `BENCH${String(n).padStart(9, '0')}`,
  usccOf(n),
];

function complaint([, number, uscc]: string[]) {
  const address = '四川省成都市新都区演示路9号';
  return {
    kind: 'complaint',
    channel: 'phone',
    outsideNumbers: [{ system: '12345', number }],
    reporter: {
      name: '演示投诉人',
      phone: '13800000001',
      address: '成都市新都区演示街77号',
      idType: 'resident_id',
      idNumber: '11010519491231002X',
    },
    respondent: {
      name: '成都演示牧香食品有限公司',
      address,
      party: { kind: 'company', name: '成都演示牧香食品有限公司', uscc, address },
    },
    narrative:
      '在网店购买手撕风干牛肉干一袋，收货后发现口感异常，怀疑以鸭肉冒充牛肉，要求处理并退款。'.repeat(3),
    demand: '退还货款98元，赔偿1000元。',
    productName: '手撕风干牛肉干',
    amountFen: 9800,
  };
}

async function capturedTip(db: BenchDatabase): Promise<(n: number) => Statement[]> {
  // The first makes the process warm; the words of the second are those of request 0.
  const asked = [-1, 0, -2].map((n) => {
    const words = n < 0 ? wordsOf(9_000_000 - n) : wordsOf(n);
    const headers = { 'idempotency-key': words[0]! };
    return { method: 'POST' as const, url: '/api/tips', headers, payload: complaint(words) };
  });
  const [, one, other] = await capture(db, 'intake_officer', asked);
  return replayOf(transactionOf(one!), transactionOf(other!), wordsOf);
}

/** A request before it is sent. */
type Letter = { key: string; body: string };

function letterOf(n: number): Letter {
  const words = wordsOf(n);
  return { key: words[0]!, body: JSON.stringify(complaint(words)) };
}

async function productWork(db: BenchDatabase, { url }: Child): Promise<(letter: Letter) => Promise<void>> {
  const who = await logIn(url, db, 'intake_officer');
  const { send } = makeSender(url, LANES);
  return async ({ key, body }) => {
    const { status, text } = await send('POST', '/api/tips', { ...who, 'idempotency-key': key }, body);
    if (status !== 201) throw new Error(`POST /api/tips: ${status} ${text}`);
  };
}

function bareWork({ url }: Child): () => Promise<void> {
  const { send } = makeSender(url, LANES);
  const text = '在网店购买手撕风干牛肉干一袋，收货后发现口感异常。';
  return async () => {
    const { status } = await send('POST', '/rows', {}, JSON.stringify({ text }));
    if (status !== 201) throw new Error(`POST /rows: ${status}`);
  };
}

async function writePlainly(pool: pg.Pool, statements: readonly Statement[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const { text, values } of statements) await client.query(text, values);
  } finally {
    client.release();
  }
}

type Way<T> = (work: T[]) => Promise<number>;
type Ways = { product: Way<Letter>; plain: Way<Statement[]>; bare: Way<unknown> };
type Rates = { product: number[]; plain: number[]; bare: number[] };

const rateOf =
  <T>(work: (item: T) => Promise<void>): Way<T> =>
  (items) =>
    throughput(LANES, items.length, (n) => work(items[n]!));

/** Turn by turn, so that all meet the same machine; what is sent is made before the clock runs. */
async function rounds({ product, plain, bare }: Ways, replay: (n: number) => Statement[]): Promise<Rates> {
  const rates: Rates = { product: [], plain: [], bare: [] };
  let used = 1;
  const take = <T>(count: number, make: (n: number) => T): T[] =>
    Array.from({ length: count }, () => make(used++));
  await product(take(WARM_UP, letterOf));
  for (let round = 0; round < ROUNDS; round += 1) {
    const [letters, requests] = [take(PER_ROUND, letterOf), take(PER_ROUND, replay)];
    rates.plain.push(await plain(requests));
    rates.product.push(await product(letters));
    rates.bare.push(await bare(letters));
  }
  return rates;
}

/** Every request of either way must have written all its rows: a party that was there already would be cheaper. */
async function checkRows({ asOwner }: BenchDatabase): Promise<void> {
  const tables = [
    'tips',
    'parties',
    'reporters',
    'tip_numbers',
    'clocks',
    'clock_history',
    'idempotency_keys',
  ];
  const columns = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ');
  const { rows } = await asOwner(`select ${columns}`);
  const counts = new Set(Object.values(rows[0] as Record<string, number>));
  // Three were captured; in each round as many were written by either way.
  const expected = 3 + WARM_UP + ROUNDS * 2 * PER_ROUND;
  if (counts.size !== 1 || !counts.has(expected))
    throw new Error(`rows are missing: ${JSON.stringify(rows)}`);
}

async function measure(db: BenchDatabase, children: Child[]) {
  await db.asOwner('create table bench_rows (id bigint generated always as identity primary key, text text)');
  await db.asOwner('grant insert, select on bench_rows to shian_app');
  const replay = await capturedTip(db);
  const product = await startProduct(db);
  children.push(product);
  const bare = await startChild(BARE, join(db.folder, 'bare.log'), { DATABASE_URL: db.template.appUrl });
  children.push(bare);
  const pool = new pg.Pool({
    connectionString: db.template.appUrl,
    max: LANES,
    options: '-c timezone=UTC',
    idleTimeoutMillis: 0,
  });
  try {
    const ways: Ways = {
      product: rateOf(await productWork(db, product)),
      plain: rateOf((statements) => writePlainly(pool, statements)),
      bare: rateOf(bareWork(bare)),
    };
    const rates = await rounds(ways, replay);
    await checkRows(db);
    return { statements: replay(1).length, rates };
  } finally {
    await pool.end();
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The ratio to plain pg and the share of a bare server, with the rates (a second) they come from. */
export async function benchTips(): Promise<Record<string, unknown>> {
  const db = await startDatabase();
  const children: Child[] = [];
  try {
    const { statements, rates } = await measure(db, children);
    const ratio = median(rates.product.map((rate, i) => rate / rates.plain[i]!));
    const share = median(rates.product.map((rate, i) => rate / rates.bare[i]!));
    return {
      statements,
      tipsPerSecond: Math.round(median(rates.product)),
      plainPerSecond: Math.round(median(rates.plain)),
      barePerSecond: Math.round(median(rates.bare)),
      ratio: rounded(ratio),
      share: rounded(share),
      limits: LIMITS,
      held: ratio >= LIMITS.ratio && share >= LIMITS.share,
    };
  } finally {
    for (const child of children) await child.stop();
    await db.stop();
  }
}
