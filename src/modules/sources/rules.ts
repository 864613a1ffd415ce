import { type Day, dayOf, daysBetween } from '../../shared/clock.ts';
import { type AppError, conflict, unprocessable } from '../../shared/errors.ts';
import { type ActionOf, type Flow, next } from '../../shared/workflow.ts';
import type { SourceOutcome, SourceState } from './schemas.ts';

/** 《市场监督管理行政处罚程序规定》第十八条: verify, then file, or not, or hand over. */
export const SOURCE_FLOW = {
  registered: { verify: 'verifying', extend: 'registered', exclude: 'registered' },
  verifying: {
    // Other officers may take over the verification.
    verify: 'verifying',
    record_verification: 'verifying',
    extend: 'verifying',
    exclude: 'verifying',
    decline: 'declined',
    hand_over: 'handed_over',
    open_case: 'case_opened',
  },
  // One source opens none, one or several cases.
  case_opened: { open_case: 'case_opened' },
  declined: {},
  handed_over: {},
} as const satisfies Flow<SourceState>;

export type SourceAction = ActionOf<typeof SOURCE_FLOW>;

/** The action of the flow by which each outcome is reached. */
export const OUTCOME_ACTION: Record<SourceOutcome, SourceAction> = {
  case_opened: 'open_case',
  declined: 'decline',
  handed_over: 'hand_over',
};

/** What a source shows of the ledger: which decisions are waited for, and whether R01 was lengthened or is over. */
export type Pending = { matters: readonly string[]; extended: boolean; isOver: boolean };

/** What the ledger and the clock say that a rule must know. */
export const pendingOf = (
  approvals: readonly { matter: string }[],
  clocks: readonly { rule: string; extensions: number; overdue: boolean | null }[],
): Pending => ({
  matters: approvals.map(({ matter }) => matter),
  extended: clocks.some((clock) => isLimit(clock.rule) && clock.extensions > 0),
  isOver: clocks.some((clock) => isLimit(clock.rule) && clock.overdue === true),
});

/** The limit of verification: of a clue found while mediating Order 121 art. 27 has its own (C04), of any other R01. */
export const limitOf = ({ origin }: { origin: string }): 'R01' | 'C04' =>
  origin === 'mediation' ? 'C04' : 'R01';

/** Whether a clock is that limit, in whichever version. */
export const isLimit = (rule: string): boolean => ['R01', 'C04', 'C04o'].includes(rule);

type Standing = { state: SourceState; verification: string | null };

/**
 * Whether `action` may be done now; answers the next state. 409 `workflow.action_not_allowed`;
 * 409 `source.decision_pending` where the head has yet to decide; 409 `source.already_extended`,
 * `source.extend_too_late`;
 * 422 `source.not_verified` where nothing is recorded yet that a decision could rest on (CXGD 18).
 */
export function nextState(
  { state, verification }: Standing,
  action: SourceAction,
  pending: Pending,
): SourceState {
  const target = next(SOURCE_FLOW, state, action);
  const waiting = {
    extend: 'source.extend',
    decline: 'source.decline',
    hand_over: 'source.decline',
  } as const;
  const matter = Object.hasOwn(waiting, action) ? waiting[action as keyof typeof waiting] : undefined;
  if (matter && pending.matters.includes(matter))
    throw conflict('source.decision_pending', { article: ARTICLE });
  if (action === 'extend') requireExtendable(pending);
  if ((action === 'decline' || action === 'hand_over') && verification === null) {
    throw unprocessable('source.not_verified', { article: ARTICLE });
  }
  return target;
}

const ARTICLE = '《市场监督管理行政处罚程序规定》第十八条';

function requireExtendable({ extended, isOver }: Pending): void {
  if (extended) throw conflict('source.already_extended', { article: ARTICLE });
  if (isOver) throw conflict('source.extend_too_late', { article: ARTICLE });
}

type Voidable = { state: SourceState; tipId: string | null; inUse: boolean };

/**
 * A source entered by mistake is voided while nothing rests on it: 409 `source.void_too_late` where it opened a case
 * or came from a tip, `source.in_use`, `source.decision_pending` while the head is asked about it.
 */
export function requireVoidable(
  { state, tipId, inUse }: Voidable,
  { matters }: Pick<Pending, 'matters'>,
): void {
  if (state === 'case_opened' || tipId !== null) throw conflict('source.void_too_late');
  if (inUse) throw conflict('source.in_use');
  if (matters.length > 0) throw conflict('source.decision_pending', { article: ARTICLE });
}

/** 422 `source.found_after_registered`, naming `field`: nothing is registered before it is found. */
export function checkFoundOn({ foundOn, createdAt }: { foundOn: Day; createdAt: Date }, field: string): void {
  const registeredOn = dayOf(createdAt);
  if (foundOn <= registeredOn) return;
  const code = 'source.found_after_registered';
  throw unprocessable(code, { registeredOn }, [{ field, code, params: { registeredOn } }]);
}

type Exclusion = { from: Day; to: Day; documentId?: string | undefined };

/** What R01 is when days are to be taken out of it; `lastOn` null while a calendar is missing, `taken` days so far. */
export type Run = { foundOn: Day; lastOn: Day | null; taken: number; today: Day };

/** No testing or appraisal takes longer: what is more is a slip of the pen, or a way round the limit. */
const MOST_DAYS = 366;

/**
 * Days are taken out of R01 while it runs, when they have passed, or as far as a paper says (CXGD 18(2)). 422
 * `source.exclusion_reversed`, `_too_early`, `_after_end`, `_future`, `_too_long`.
 */
export function checkExclusion({ from, to, documentId }: Exclusion, run: Run): void {
  if (to < from) throw exclusionError('to', 'source.exclusion_reversed');
  if (from < run.foundOn) throw exclusionError('from', 'source.exclusion_too_early');
  if (run.lastOn !== null && from > run.lastOn) throw exclusionError('from', 'source.exclusion_after_end');
  if (to > run.today && documentId === undefined) throw exclusionError('to', 'source.exclusion_future');
  if (run.taken + daysBetween(from, to) + 1 > MOST_DAYS)
    throw exclusionError('to', 'source.exclusion_too_long');
}

/** 422 about the days taken out of R01, or the paper they rest on. */
export const exclusionError = (field: 'from' | 'to' | 'documentId', code: string): AppError =>
  unprocessable(code, { article: EXCLUSION }, [{ field, code }]);

const EXCLUSION = '《市场监督管理行政处罚程序规定》第十八条第二款';

/** 409 `source.not_open` where the head decided not to file, or another authority has the matter (CXGD 18, 20). */
export function requireOpenSource({ state }: { state: SourceState }): void {
  if (state === 'declined' || state === 'handed_over') throw conflict('source.not_open', { state });
}
