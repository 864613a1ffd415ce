/**
 * Clocks: explaining one, what starting those of a case adds to its transaction, and the watch over 100,000 open ones,
 * whose longest transaction is the longest a row is held.
 */
import { Writable } from 'node:stream';
import pino from 'pino';
import { readConfig } from '../src/config.ts';
import { type Ctx, inTx } from '../src/context.ts';
import { contextOf, createDeps, type Deps, systemActor } from '../src/deps.ts';
import { startClock } from '../src/modules/deadlines/index.ts';
import { explainClock } from '../src/modules/deadlines/explain.ts';
import { watchClocks } from '../src/modules/deadlines/jobs.ts';
import { uuidV7 } from '../src/shared/ids.ts';
import { type BenchDatabase, startDatabase } from './database.ts';
import { median } from './measure.ts';

const OPEN = 100_000;
const ROUNDS = 200;
const LIMITS = { explainMs: 5, startMs: 2, watchSeconds: 30, longestMs: 100 };

/** The day of the watch: two fifths of the clocks have run out, a fifth is near, the rest far. */
const NOW = '2024-06-03T00:10:00+08:00';
const quiet = () => pino({ level: 'silent' }, new Writable({ write: (_chunk, _encoding, done) => done() }));

async function open(db: BenchDatabase): Promise<Deps> {
  const { vaultKeys, appUrl } = db.template;
  const config = readConfig({ DATA_DIR: db.folder, VAULT_KEYS: vaultKeys, LOG_LEVEL: 'silent' });
  return createDeps({ config, appUrl, log: quiet(), clock: { now: () => new Date(NOW) } });
}

function contextFor(deps: Deps, bureauId: string | null): Ctx {
  return contextOf(deps, { ...systemActor('bench'), bureauId }, 'bench');
}

async function fill(db: BenchDatabase, bureauId: string, version: string): Promise<void> {
  await db.asOwner(
    `insert into clocks (id, bureau_id, rule_id, subject_kind, subject_id, trigger, triggered_on, state, raw_on,
        rolled_on, target_on, ends_at, calendar_version, created_at)
      select gen_random_uuid(), $1, 'R01', 'source', gen_random_uuid(), 'source.found', day - 21, 'running', day, day,
        day, (day + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 millisecond', $2, now()
      from (select '2024-06-03'::date + case when n % 5 < 2 then -1 - n % 300 when n % 5 = 2 then n % 8
        else 30 + n % 300 end as day from generate_series(1, $3) as n) as spread`,
    [bureauId, version, OPEN],
  );
  await db.asOwner('analyze clocks');
}

/** Times each transaction the watch makes, from its first statement to its commit. */
function timing(deps: Deps): { longest: () => number; count: () => number; restore: () => void } {
  const spans: number[] = [];
  const begin = deps.db.transaction.bind(deps.db);
  deps.db.transaction = () => {
    const builder = begin();
    const execute = builder.execute.bind(builder);
    builder.execute = async (work) => {
      const began = performance.now();
      try {
        return await execute(work);
      } finally {
        spans.push(performance.now() - began);
      }
    };
    return builder;
  };
  return {
    longest: () => Math.max(...spans),
    count: () => spans.length,
    restore: () => void (deps.db.transaction = begin),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A transaction of a case with its two clocks, less the same without them; turn by turn. */
async function starting(ctx: Ctx, bureauId: string): Promise<number> {
  const added: number[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const subject = { kind: 'case', id: uuidV7(n) };
    const bare = await timed(() => inTx(ctx, (tx) => tx.db.selectFrom('bureaus').select('id').execute()));
    const whole = await timed(() =>
      inTx(ctx, async (tx) => {
        await tx.db.selectFrom('bureaus').select('id').execute();
        await startClock(tx, { rule: 'P04', subject, on: '2024-05-20', bureauId });
        await startClock(tx, { rule: 'P05', subject, on: '2024-05-20', bureauId });
      }),
    );
    added.push(whole - bare);
  }
  return median(added);
}

async function explaining(deps: Deps, db: BenchDatabase, bureauId: string): Promise<number> {
  const { rows } = await db.asOwner('select id from clocks where rule_id = $1 limit $2', ['R01', ROUNDS]);
  const ctx = contextFor(deps, bureauId);
  const times: number[] = [];
  for (const { id } of rows as { id: string }[]) times.push(await timed(() => explainClock(ctx, id)));
  return median(times);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

async function measure(db: BenchDatabase, deps: Deps): Promise<Record<string, unknown>> {
  const { bureauId } = db.template.filled;
  const started = await inTx(contextFor(deps, bureauId), (tx) =>
    startClock(tx, { rule: 'R01', subject: { kind: 'source', id: uuidV7(1) }, on: '2024-05-20', bureauId }),
  );
  await fill(db, bureauId, started!.calendarVersion);
  const startMs = await starting(contextFor(deps, bureauId), bureauId);
  const explainMs = await explaining(deps, db, bureauId);
  const transactions = timing(deps);
  const watchMs = await timed(() => watchClocks(contextFor(deps, null)));
  const [longestMs, batches] = [transactions.longest(), transactions.count()];
  transactions.restore();
  const idleMs = await timed(() => watchClocks(contextFor(deps, null)));
  const { rows } = await db.asOwner(`select count(*) filter (where overdue_at is not null)::int as late,
    count(*) filter (where reminded is not null)::int as reminded from clocks`);
  const held =
    explainMs <= LIMITS.explainMs &&
    startMs <= LIMITS.startMs &&
    watchMs <= LIMITS.watchSeconds * 1000 &&
    longestMs <= LIMITS.longestMs;
  return {
    explainMs: rounded(explainMs),
    startMs: rounded(startMs),
    open: OPEN,
    marked: rows[0] as unknown,
    watchSeconds: rounded(watchMs / 1000),
    batches,
    longestMs: rounded(longestMs),
    watchAgainSeconds: rounded(idleMs / 1000),
    limits: LIMITS,
    held,
  };
}

/** How long clocks take to explain, to start and to be watched. */
export async function benchDeadlines(): Promise<Record<string, unknown>> {
  const db = await startDatabase();
  try {
    const deps = await open(db);
    try {
      return await measure(db, deps);
    } finally {
      await deps.close();
    }
  } finally {
    await db.stop();
  }
}
