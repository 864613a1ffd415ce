import type { Day } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import type { Rule } from './rule-data.ts';
import type { ExclusionCause } from './rule-schema.ts';

type Excluded = Rule['excludes'][number];

/**
 * What of the law an exclusion rests on. 422 `clock.no_exclusion` where it takes nothing out of this limit,
 * `clock.cause_not_admitted` where not for this cause.
 */
export function admitted(rule: Rule, cause: ExclusionCause | undefined, article: string): Excluded {
  const [first] = rule.excludes;
  if (!first) throw unprocessable('clock.no_exclusion', { rule: rule.id, article });
  const found = cause === undefined ? first : rule.excludes.find((entry) => entry.cause === cause);
  if (found) return found;
  const code = 'clock.cause_not_admitted';
  const causes = rule.excludes.map((entry) => entry.cause);
  throw unprocessable(code, { rule: rule.id, article, causes }, [{ field: 'cause', code }]);
}

/** A paper as it is offered: its kind, the thing it is about, and whether it has reached the party. */
export type Offered = { kind: string; subjectKind: string; subjectId: string; isServed: boolean } | undefined;

const COERCION = { gate: 'K23', article: '《行政强制法》第二十五条第三款' };

/**
 * A power of coercion that has ended is not revived, and runs on only by the notice about this very measure, of a
 * definite period (K23). 409 `clock.power_ended`; 422 `clock.period_indefinite`, `clock.paper_needed`.
 */
export function requireNotice(
  { notice }: Excluded,
  { paper, to }: { paper: Offered; to: Day | null },
  power: { rawOn: Day | null; subjectKind: string; subjectId: string; today: Day },
): void {
  if (notice === null) return;
  if (power.rawOn !== null && power.rawOn < power.today)
    throw conflict('clock.power_ended', { ...COERCION, day: power.rawOn });
  if (to === null)
    throw unprocessable('clock.period_indefinite', COERCION, [{ field: 'to', code: 'field.required' }]);
  const isNotice = paper?.kind === notice && paper.isServed;
  if (isNotice && paper.subjectKind === power.subjectKind && paper.subjectId === power.subjectId) return;
  const code = 'clock.paper_needed';
  throw unprocessable(code, COERCION, [{ field: 'documentId', code }]);
}

/** 409 where the clock no longer runs, or would be paused a second time. */
export function requireRunning({ state, ruleId }: { state: string; ruleId: string }, isPause: boolean): void {
  if (state !== 'running' && state !== 'paused') throw conflict('clock.not_open', { rule: ruleId });
  if (isPause && state === 'paused') throw conflict('clock.already_paused', { rule: ruleId });
}
