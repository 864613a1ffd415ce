import type { Day } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { citationText, inForce } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';

// The limits within which a report is handled.
const HANDLING = ['R01'];

/** 409, 422 where the clock does not begin anew on that day. */
export function requireRestartable(
  { state, ruleId, triggeredOn }: { state: string; ruleId: string; triggeredOn: Day },
  on: Day,
): void {
  if (state !== 'running' && state !== 'paused') throw conflict('clock.not_open', { rule: ruleId });
  const law = BOOK.get('C07')!;
  const article = citationText(BOOK, { rule: law, on: law.validFrom! }, 'zh');
  if (!HANDLING.includes(ruleById(ruleId).family) || !inForce(law, on)) {
    throw unprocessable('clock.no_restart', { rule: ruleId, day: on, article });
  }
  if (on <= triggeredOn) {
    const code = 'clock.restart_backwards';
    throw unprocessable(code, { day: triggeredOn, article }, [{ field: 'on', code }]);
  }
}
