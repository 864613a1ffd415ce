import type { Day } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { loadRules, type Rule } from './rule-data.ts';

/** The statutory limits the product knows; read once: they are part of the program. */
export const BOOK = loadRules();

/** A limit by its very id. RangeError where there is none: ids of started clocks were checked at their start. */
export function ruleById(id: string): Rule {
  const rule = BOOK.get(id);
  if (!rule) throw new RangeError(`no rule ${id}`);
  return rule;
}

/** The ids of every version of a limit, given the id of any. 422 `deadline.unknown_rule`. */
export function versionIds(id: string): string[] {
  const ids = BOOK.versions(id).map((rule) => rule.id);
  if (ids.length === 0) throw unprocessable('deadline.unknown_rule', { rule: id });
  return ids;
}

/** The version in force on the day of the triggering act; null where none is, or where it says "promptly". */
export function ruleFor(id: string, on: Day): Rule | null {
  versionIds(id);
  const rule = BOOK.at(id, on);
  return rule?.duration ? rule : null;
}
