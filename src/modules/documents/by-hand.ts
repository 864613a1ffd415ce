import { badRequest, unprocessable } from '../../shared/errors.ts';
import type { Paper } from './paper-book.ts';
import type { Template } from './template.ts';

type Blanks = Record<string, unknown>;

/** A form, who fills it, and what the record says now. */
export type Filling = { template: Template; paper: Paper; record: Blanks };

/**
 * 400 for a blank the form has not; 422 `document.blank_fixed` for one the record fills: a paper that contradicts its
 * file proves nothing. What is wrong in the record is corrected there.
 */
export function checkByHand(filling: Filling, hand: Blanks): void {
  const unknown = Object.keys(hand).filter((name) => !Object.hasOwn(filling.template.blankSpecs, name));
  if (unknown.length > 0) throw badRequest('request.invalid', {}, fieldsOf(unknown, 'field.unknown'));
  const fixed = Object.keys(hand).filter((name) => !isOpen(filling, name));
  if (fixed.length === 0) return;
  throw unprocessable('document.blank_fixed', { fields: fixed }, fieldsOf(fixed, 'document.blank_fixed'));
}

const fieldsOf = (names: readonly string[], code: string) => names.map((field) => ({ field, code }));

/** What the record says now, with what was filled by hand where that may be: a paper never follows a stale draft. */
export function fillIn(filling: Filling, hand: Blanks): Blanks {
  const own = Object.entries(hand).filter(
    ([name]) => Object.hasOwn(filling.template.blankSpecs, name) && isOpen(filling, name),
  );
  return { ...filling.record, ...Object.fromEntries(own) };
}

/** Whether a blank is filled by hand: one the record is silent on, or only proposes something for. */
export function isOpen({ paper, record }: Filling, name: string): boolean {
  if (paper.proposed?.includes(name)) return true;
  return (paper.open?.includes(name) ?? false) && (record[name] ?? null) === null;
}
