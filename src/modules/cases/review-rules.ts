import { conflict } from '../../shared/errors.ts';
import type { CasePeople } from './people.ts';
import { barred, notPassed } from './gates.ts';
import type { CaseAction } from './rules.ts';
import type { CaseState } from './schemas.ts';

/** A review that is with the reviewers. */
export type OpenReview = { id: string; stage: 'report' | 'hearing'; kind: 'case' | 'legal' };

type Opinion = 'agree' | 'correct' | 'supplement';

/** What an opinion does to the case in the state it is in: after a hearing only the legal review moves it on. */
export function reviewAction(state: CaseState, kind: 'case' | 'legal', opinion: Opinion): CaseAction {
  if (state !== 'heard') return opinion;
  if (kind === 'case' || opinion === 'agree') return 'legal_review';
  return opinion === 'supplement' ? 'supplement' : 'correct_after_hearing';
}

/** Who gives an opinion on what. */
export type Reviewing = {
  open: OpenReview | undefined;
  kind: 'case' | 'legal';
  person: string;
  people: CasePeople;
};

/**
 * The review that is due is of this kind, and the reviewer neither handles the case, nor ever has, nor hosts its hearing.
 * 409 `case.no_review_due`, `case.legal_review_due`, `case.case_review_due` (K4); 422 `case.reviewer_handles` (K3).
 */
export function requireReviewer({ open, kind, person, people }: Reviewing): void {
  if (!open) throw conflict('case.no_review_due');
  if (open.kind !== kind) {
    throw kind === 'case' ? barred('K4', 'case.legal_review_due') : barred('K4', 'case.case_review_due');
  }
  if (people.handlers.has(person) || people.hosts.has(person)) throw notPassed('K3', 'case.reviewer_handles');
}

/** Who reviews legally for the first time names the legal qualification (CXGD 51(2)). 422 `case.qualification`. */
export function checkQualification({
  isFirstTime,
  qualification,
}: {
  isFirstTime: boolean;
  qualification?: string | undefined;
}): void {
  if (!isFirstTime || qualification !== undefined) return;
  throw notPassed('K4', 'case.qualification', [{ field: 'qualification', code: 'field.required' }]);
}
