import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import type { ClockElapsed, ClockRanOut } from './events.ts';
import { notesOf } from './notes.ts';
import { BOOK, ruleById } from './rule-book.ts';
import { type ClockRow, historyRow } from './store.ts';

/** A transaction holds no more clocks than it can mark in a moment. */
const BATCH = 200;

/** Their end is an act by itself (the preservation lifts): one at a time, and one that fails stops no other. */
const HEAVY = BOOK.versions('S03').map(({ id }) => id);

/**
 * Marks the clocks whose last instant has passed, whenever that was: a duty is late, a right has lapsed, a power is
 * gone (`clock.ran_out`); a period has run and its clock is met (`clock.elapsed`). Answers how many.
 */
export async function runOut(ctx: Ctx): Promise<number> {
  const light = BOOK.rules.map(({ id }) => id).filter((id) => !HEAVY.includes(id));
  const acted = await oneByOne(ctx);
  for (let marked = acted; ;) {
    const count = await inTx(ctx, async (tx) =>
      markAll(tx, await lockOver(tx, light, { limit: BATCH, not: [] })),
    );
    marked += count;
    if (count < BATCH) return marked;
  }
}

async function oneByOne(ctx: Ctx): Promise<number> {
  const failed: string[] = [];
  for (let marked = 0; ; marked += 1) {
    let clock: ClockRow | undefined;
    try {
      const count = await inTx(ctx, async (tx) => {
        [clock] = await lockOver(tx, HEAVY, { limit: 1, not: failed });
        return markAll(tx, clock ? [clock] : []);
      });
      if (count === 0) return marked;
    } catch (error) {
      if (!clock) throw error;
      ctx.log.error({ err: error, clockId: clock.id }, 'the end of a clock could not be carried out');
      failed.push(clock.id);
    }
  }
}

/** Clocks of these rules whose last instant has passed, the longest past first, locked. */
function lockOver(
  tx: TxCtx,
  rules: readonly string[],
  { limit, not }: { limit: number; not: readonly string[] },
): Promise<ClockRow[]> {
  return tx.db
    .selectFrom('clocks')
    .selectAll()
    .where('state', '=', 'running')
    .where('overdueAt', 'is', null)
    .where('endsAt', '<', tx.now)
    .where('ruleId', 'in', rules)
    .where(sql<boolean>`id <> all(${[...not]}::uuid[])`)
    .orderBy('endsAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

async function markAll(tx: TxCtx, over: readonly ClockRow[]): Promise<number> {
  const [elapsed, late] = [over.filter(isPeriod), over.filter((clock) => !isPeriod(clock))];
  await markElapsed(tx, elapsed);
  await markLate(tx, late);
  return over.length;
}

const isPeriod = ({ ruleId }: ClockRow): boolean => ruleById(ruleId).nature === 'period';

const among = (clocks: readonly ClockRow[]) => sql<boolean>`id = any(${clocks.map(({ id }) => id)}::uuid[])`;

async function markLate(tx: TxCtx, clocks: readonly ClockRow[]): Promise<void> {
  if (clocks.length === 0) return;
  await tx.db
    .updateTable('clocks')
    .set((eb) => ({ overdueAt: tx.now, version: eb('version', '+', 1) }))
    .where(among(clocks))
    .execute();
  await trace(tx, clocks, 'ran_out');
  const event: ClockRanOut = { type: 'clock.ran_out', clocks: await notesOf(tx, clocks) };
  await tx.react(tx, event);
}

async function markElapsed(tx: TxCtx, clocks: readonly ClockRow[]): Promise<void> {
  if (clocks.length === 0) return;
  await tx.db
    .updateTable('clocks')
    .set((eb) => ({ state: 'met', metAt: eb.ref('endsAt'), version: eb('version', '+', 1) }))
    .where(among(clocks))
    .execute();
  await trace(tx, clocks, 'elapsed');
  const event: ClockElapsed = { type: 'clock.elapsed', clocks: await notesOf(tx, clocks) };
  await tx.react(tx, event);
}

/** A line in the history of each, and one entry a bureau that names them. */
async function trace(tx: TxCtx, clocks: readonly ClockRow[], change: 'ran_out' | 'elapsed'): Promise<void> {
  const lines = clocks.map((clock) =>
    historyRow(tx, clock, { change, detail: { endsAt: clock.endsAt?.toISOString() } }),
  );
  await tx.db.insertInto('clockHistory').values(lines).execute();
  for (const [bureauId, own] of Map.groupBy(clocks, (clock) => clock.bureauId)) {
    await audit(tx, {
      action: `clock.${change}`,
      subject: { kind: 'bureau', id: bureauId },
      detail: { clocks: own.map(({ id, ruleId }) => ({ id, rule: ruleId })) },
      bureauId,
    });
  }
}
