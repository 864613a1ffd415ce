import { conflict, unprocessable } from '../../shared/errors.ts';
import type { LengthUnit, Rule } from './rule-data.ts';
import type { RuleExtension } from './rule-schema.ts';

/** An extension as it may be given: how much, and what it takes. */
export type Granted = { value: number; unit: LengthUnit; terms: RuleExtension };

/** Beyond this a length is a slip of the pen. */
const MOST = 3650;

/**
 * What a limit may be lengthened by after `taken` extensions: the law's own length or less of it, or where the law
 * leaves it open the length that was decided. 422 `clock.no_extension`, `clock.open_extension` (no length given),
 * `clock.extension_too_long`; 409 `clock.already_extended`.
 */
export function nextExtension(
  rule: Rule,
  taken: number,
  { value, article }: { value: number | undefined; article: string },
): Granted {
  const terms = termsOf(rule, taken, article);
  const params = { rule: rule.id, article };
  const unit = terms.unit ?? rule.duration!.unit;
  const cap = terms.value ?? MOST;
  if (terms.value === null && value === undefined) throw unprocessable('clock.open_extension', params);
  if (value !== undefined && (value > cap || (terms.mode === 'replace' && value !== cap))) {
    const code = 'clock.extension_too_long';
    throw unprocessable(code, { ...params, cap }, [{ field: 'value', code, params: { ...params, cap } }]);
  }
  return { value: value ?? cap, unit, terms };
}

/** The terms of the next extension, the first or what may follow it; null where there is none. */
function termsAfter({ extension, further }: Rule, taken: number): RuleExtension | null {
  if (extension === null) return null;
  const most = extension.maxTimes;
  return most === null || taken < most ? extension : further;
}

/** What the next extension may be: at most `value` (null: as decided) in its unit; null where there is none. */
export function extensionLeft(rule: Rule, taken: number): { value: number | null; unit: LengthUnit } | null {
  const terms = termsAfter(rule, taken);
  return terms && { value: terms.value, unit: terms.unit ?? rule.duration!.unit };
}

function termsOf(rule: Rule, taken: number, article: string): RuleExtension {
  const terms = termsAfter(rule, taken);
  if (terms !== null) return terms;
  const times = rule.extension?.maxTimes;
  if (times) throw conflict('clock.already_extended', { rule: rule.id, times, article });
  throw unprocessable('clock.no_extension', { rule: rule.id, article });
}

/** What an extension rests on. */
export type Basis = { isApproved: boolean; hasDocument: boolean };

/**
 * 422 where the rank that the law names has not approved it (`clock.approval_needed`), or its paper is missing: the
 * record of the discussion (`clock.discussion_needed`, K8), the agreement with the laboratory (`clock.agreement_needed`).
 */
export function requireBasis(
  { approver }: Pick<RuleExtension, 'approver'>,
  { isApproved, hasDocument }: Basis,
  params: { rule: string; article: string },
): void {
  const field = (code: string) => [{ field: 'documentId', code }];
  if (approver === 'agreement') {
    const code = 'clock.agreement_needed';
    if (!hasDocument) throw unprocessable(code, params, field(code));
    return;
  }
  if (approver === 'collective' && !hasDocument) {
    const code = 'clock.discussion_needed';
    throw unprocessable(code, { ...params, gate: 'K8' }, field(code));
  }
  if (!isApproved) throw unprocessable('clock.approval_needed', params);
}

/** 409 where a step of the file itself asks for it: there it is checked and papered. */
export function requireNoOwnStep({ action }: Granted['terms']): void {
  if (action !== null) throw conflict('clock.own_step', { action });
}
