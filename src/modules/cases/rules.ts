import { conflict, unprocessable } from '../../shared/errors.ts';
import type { Flow } from '../../shared/workflow.ts';
import type { CaseState } from './schemas.ts';

/** The whole procedure of an ordinary penalty case (CXGD ch. 3–5); an action without a use case is not offered yet. */
export const CASE_FLOW = {
  proposed: { file: 'investigating', decline: 'declined', withdraw: 'declined' },
  investigating: {
    extend: 'investigating',
    suspend: 'suspended',
    terminate: 'closing',
    conclude: 'in_review',
  },
  suspended: { resume: 'investigating', terminate: 'closing' },
  in_review: {
    extend: 'in_review',
    agree: 'proposed_decision',
    correct: 'investigating',
    supplement: 'investigating',
  },
  proposed_decision: { extend: 'proposed_decision', approve_penalty: 'notified', approve_other: 'decided' },
  notified: {
    extend: 'notified',
    defend: 'rechecked',
    waive: 'rechecked',
    lapse: 'rechecked',
    request_hearing: 'hearing',
    renotify: 'notified',
  },
  hearing: { extend: 'hearing', adjourn: 'hearing', report: 'heard' },
  heard: { extend: 'heard', legal_review: 'rechecked', renotify: 'notified' },
  rechecked: {
    extend: 'rechecked',
    renotify: 'notified',
    decide: 'decided',
    submit_to_city: 'submitted_to_city',
  },
  submitted_to_city: { extend: 'submitted_to_city', decide: 'decided', send_back: 'rechecked' },
  decided: { serve: 'performing', finish: 'closing', reopen: 'investigating' },
  performing: { perform: 'closing', enforce: 'closing', reopen: 'investigating' },
  closing: { close: 'closed', reopen: 'investigating' },
  closed: { archive: 'archived', reopen: 'investigating' },
  archived: { reopen: 'investigating' },
  declined: {},
} as const satisfies Flow<CaseState>;

const NOT_OPEN: readonly CaseState[] = ['proposed', 'declined', 'closed', 'archived'];

/** Whether something may still happen in the case: it is filed and not closed. */
export const isOpenCase = (state: CaseState): boolean => !NOT_OPEN.includes(state);

/** 409 `case.not_open` unless the case is filed and not closed. */
export function requireOpenCase({ state }: { state: CaseState }): void {
  if (!isOpenCase(state)) throw conflict('case.not_open', { state });
}

const FILING = '《市场监督管理行政处罚程序规定》第十八条、第十九条';

/** What of a case source decides whether a case may be proposed on it. */
export type SourceFacts = { state: string; verification: string | null; verifierIds: readonly string[] };

/**
 * A case is filed on a verified source (CXGD 18, 19): one in verification with its findings recorded by two officers,
 * or one that has already opened a case and opens a linked one. 409 `case.source_not_verified`.
 */
export function requireVerifiedSource(source: SourceFacts): void {
  const isOpen = source.state === 'verifying' || source.state === 'case_opened';
  if (!isOpen || source.verification === null || source.verifierIds.length < 2) {
    throw conflict('case.source_not_verified', { state: source.state, article: FILING });
  }
}

/** 409 `case.source_concluded` where the source was declined or handed over while the proposal waited. */
export function requireSourceNotGone({ state }: { state: string }): void {
  if (state !== 'verifying' && state !== 'case_opened') throw conflict('case.source_concluded', { state });
}

/** What is known of the 90-day clock when an extension is asked for. */
export type CaseClock = { state: string; extensions: number; isOver: boolean };

const EXTENSION = '《市场监督管理行政处罚程序规定》第六十四条第一款';

/**
 * P04 is extended once by the head, before it has run out; what is beyond needs a collective discussion (K8).
 * 409 `case.no_running_clock`, `case.already_extended`, `case.extend_too_late`, `case.extension_waiting`.
 */
export function requireExtendable(clock: CaseClock | null, isWaiting: boolean): void {
  if (!clock || clock.state !== 'running') throw conflict('case.no_running_clock', { article: EXTENSION });
  if (clock.extensions > 0) throw conflict('case.already_extended', { gate: 'K8', article: EXTENSION });
  if (clock.isOver) throw conflict('case.extend_too_late', { article: EXTENSION });
  if (isWaiting) throw conflict('case.extension_waiting');
}

/** The party a case is filed against: 422 `case.party_required` where neither the form nor the source names one. */
export function requireParty(partyId: string | null): string {
  if (partyId === null) {
    throw unprocessable('case.party_required', {}, [{ field: 'party', code: 'field.required' }]);
  }
  return partyId;
}

/** 409 `case.approval_waiting` while the head has what was proposed before him: withdraw it first. */
export function requireNothingWaiting(isWaiting: boolean): void {
  if (isWaiting) throw conflict('case.approval_waiting');
}

/** A filed case is ended by the procedure (CXGD 47, 77), never struck out. 409 `case.filed_not_void`. */
export function requireNotFiled({ state }: { state: CaseState }): void {
  const article = '《市场监督管理行政处罚程序规定》第四十七条、第七十七条';
  if (state !== 'proposed' && state !== 'declined') throw conflict('case.filed_not_void', { state, article });
}
