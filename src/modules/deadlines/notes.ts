import { sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import type { ClockNote } from './events.ts';
import { ruleById } from './rule-book.ts';
import type { ClockRow } from './store.ts';
import { lastDay } from './targets.ts';

type Within = { clockId: string; caseId: string; targetOn: Day | null };

/**
 * Which of the clocks are those of a seizure that ends while its case still runs: the decision, an extension or the
 * release must come before the case's own limit asks for it.
 */
async function endingWithin(
  tx: TxCtx,
  clocks: readonly ClockRow[],
): Promise<Map<string, ClockNote['endsWithin']>> {
  const ids = clocks.filter(({ subjectKind }) => subjectKind === 'measure').map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Within>`
    select distinct on (k.id) k.id as clock_id, c.id as case_id, p.target_on
    from clocks k
      join measures m on m.id = k.subject_id
      join cases c on c.id = m.case_id or (m.case_id is null and c.source_id = m.source_id)
      join clocks p on p.subject_kind = 'case' and p.subject_id = c.id and p.rule_id = 'P04'
        and p.state in ('running', 'paused')
    where k.id = any(${ids}::uuid[]) and k.rule_id in ('S04', 'S04f') and (p.raw_on is null or p.raw_on > k.raw_on)
    order by k.id, p.raw_on`.execute(tx.db);
  return new Map(rows.map(({ clockId, caseId, targetOn }) => [clockId, { caseId, targetOn }]));
}

/** Clocks as events carry them. */
export async function notesOf(tx: TxCtx, clocks: readonly ClockRow[]): Promise<ClockNote[]> {
  const within = await endingWithin(tx, clocks);
  return clocks.map((clock) => {
    const rule = ruleById(clock.ruleId);
    return {
      clockId: clock.id,
      bureauId: clock.bureauId,
      rule: rule.id,
      subject: { kind: clock.subjectKind, id: clock.subjectId },
      titleZh: rule.titleZh,
      titleEn: rule.titleEn,
      side: rule.side,
      nature: rule.nature,
      targetOn: clock.targetOn,
      lastOn: lastDay(rule, clock),
      endsWithin: within.get(clock.id) ?? null,
    };
  });
}
