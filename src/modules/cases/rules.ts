import { conflict, unprocessable } from '../../shared/errors.ts';
import type { ActionOf, Flow } from '../../shared/workflow.ts';
import { barred } from './gates.ts';
import type { ClosingGround, DecisionKind } from './procedure-schemas.ts';
import type { CaseState } from './schemas.ts';

/** The whole procedure of an ordinary penalty case (CXGD ch. 3–5): state → action → next state. */
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
    refer_to_legal: 'in_review',
    agree: 'proposed_decision',
    correct: 'investigating',
    supplement: 'investigating',
  },
  proposed_decision: {
    extend: 'proposed_decision',
    propose_penalty: 'proposed_decision',
    take_up_again: 'investigating',
    approve_penalty: 'notified',
    approve_other: 'decided',
  },
  notified: {
    extend: 'notified',
    serve_notice: 'notified',
    defend: 'rechecked',
    waive: 'rechecked',
    lapse: 'rechecked',
    request_hearing: 'hearing',
    renotify: 'notified',
  },
  hearing: {
    extend: 'hearing',
    appoint_host: 'hearing',
    hand_file: 'hearing',
    schedule_hearing: 'hearing',
    adjourn: 'hearing',
    end_hearing: 'hearing',
    terminate_hearing: 'rechecked',
    report: 'heard',
  },
  heard: {
    extend: 'heard',
    resubmit: 'heard',
    correct_after_hearing: 'heard',
    legal_review: 'rechecked',
    supplement: 'investigating',
    renotify: 'notified',
  },
  rechecked: {
    extend: 'rechecked',
    defend: 'rechecked',
    recheck: 'rechecked',
    request_hearing: 'hearing',
    discuss: 'rechecked',
    renotify: 'notified',
    decide: 'decided',
    submit_to_city: 'submitted_to_city',
  },
  submitted_to_city: { extend: 'submitted_to_city', decide: 'decided', send_back: 'rechecked' },
  decided: { serve: 'performing', finish: 'closing', reopen: 'investigating' },
  performing: {
    pay: 'performing',
    defer: 'performing',
    stop_surcharge: 'performing',
    remit_surcharge: 'performing',
    demand: 'performing',
    apply_to_court: 'performing',
    perform: 'closing',
    enforce: 'closing',
    reopen: 'investigating',
  },
  closing: { close: 'closed', reopen: 'investigating' },
  closed: { archive: 'archived', reopen: 'investigating' },
  archived: { reopen: 'investigating' },
  declined: {},
} as const satisfies Flow<CaseState>;

/** Every action of the procedure. */
export type CaseAction = ActionOf<typeof CASE_FLOW>;

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

/** 中止调查的情形 (CXGD 46), as they are put before the head. */
export const PAUSE_GROUNDS = {
  other_ruling: '处罚决定须以相关案件的裁判结果或者其他行政决定为依据，而其尚未作出',
  legal_question: '涉及法律适用等问题，需要送请有权机关作出解释或者确认',
  force_majeure: '因不可抗力致使案件暂时无法调查',
  party_missing: '因当事人下落不明致使案件暂时无法调查',
  other: '其他应当中止调查的情形',
} as const;

/** 终止调查的情形 (CXGD 47). */
export const TERMINATION_GROUNDS = {
  person_dead: '涉嫌违法的自然人死亡，调查无法继续',
  entity_ended: '涉嫌违法的法人、其他组织终止且无权利义务承受人，调查无法继续',
  other: '其他致使调查无法继续的原因',
} as const;

/** 结案情形 (#53). */
export const CLOSING_GROUNDS: Record<ClosingGround, string> = {
  performed: '行政处罚决定执行完毕',
  court_ended: '人民法院裁定终结执行',
  terminated: '案件终止调查',
  no_penalty: '依法不予行政处罚',
  not_made_out: '违法事实不能成立',
  other_agency: '移送其他行政管理部门',
  judicial_organ: '移送司法机关',
  other: '其他',
};

/** What has to be in order before an investigation ends. */
export type InvestigationFacts = {
  reports: number;
  violations: number;
  resultsNotTold: number;
  isWaiting: boolean;
};

/**
 * A report that suggests a penalty names what for, and every test result was told to the party (K16). 409
 * `case.no_violation`, `case.results_not_told`.
 */
export function requireConcludable(
  { violations, resultsNotTold }: InvestigationFacts,
  suggested?: DecisionKind,
): void {
  if (Number(resultsNotTold) > 0)
    throw barred('K16', 'case.results_not_told', { count: Number(resultsNotTold) });
  if (suggested === 'penalty' && Number(violations) === 0)
    throw conflict('case.no_violation', { article: '《市场监督管理行政处罚程序规定》第四十八条' });
}

/** Where goods of the party were held the closing form says what became of them (#53). 422 `case.disposal_needed`. */
export function requireDisposalTold(
  { goodsDisposal }: { goodsDisposal?: string | undefined },
  hadGoods: boolean,
): void {
  if (hadGoods && goodsDisposal === undefined) {
    const code = 'case.disposal_needed';
    throw unprocessable(code, {}, [{ field: 'goodsDisposal', code: 'field.required' }]);
  }
}

/** 409 `case.review_open` while the file is with a reviewer. */
export function requireNoOpenReview(open: object | undefined): void {
  if (open) throw conflict('case.review_open');
}
