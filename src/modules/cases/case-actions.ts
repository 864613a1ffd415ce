import type { Ctx, TxCtx } from '../../context.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { clocksOf } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import { peopleOf } from './people.ts';
import { investigationFacts, openReview } from './procedure-queries.ts';
import { requireReviewer } from './review-rules.ts';
import {
  CASE_FLOW,
  type CaseAction,
  type CaseClock,
  requireConcludable,
  requireExtendable,
  requireNoOpenReview,
  requireNotFiled,
  requireNothingWaiting,
} from './rules.ts';
import type { CaseRow } from './store.ts';

/** How the 90-day clock of a case stands; null where there is none (not filed, or cancelled). */
export async function caseClock(ctx: Ctx | TxCtx, id: string): Promise<CaseClock | null> {
  const clocks = await clocksOf(ctx.db, [{ kind: 'case', id }], ctx.now);
  const clock = clocks.find(({ rule, state }) => rule.startsWith('P04') && state !== 'cancelled');
  return clock ? { state: clock.state, extensions: clock.extensions, isOver: clock.overdue === true } : null;
}

/** What of a case still waits for a head. */
async function waitingMatters({ db }: Ctx | TxCtx, caseId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('approvals')
    .select('matter')
    .where('subjectKind', '=', 'case')
    .where('subjectId', '=', caseId)
    .where('state', '=', 'proposed')
    .execute();
  return new Set(rows.map(({ matter }) => matter));
}

/** What the checks of a case's own actions look at, loaded before they run. */
async function factsOf(ctx: Ctx | TxCtx, row: CaseRow) {
  return {
    clock: await caseClock(ctx, row.id),
    waiting: await waitingMatters(ctx, row.id),
    facts: await investigationFacts(ctx.db, row.id),
    open: await openReview(ctx.db, row.id),
    people: await peopleOf(ctx.db, row.id),
    person: ctx.actor.id,
  };
}

type Facts = Awaited<ReturnType<typeof factsOf>>;

/** Corrections of the record itself. */
function recordChecks(row: CaseRow, { waiting }: Facts): ActionCheck[] {
  const live = (): void => requireLive(row);
  const amend = (): void => {
    live();
    requireNothingWaiting(waiting.has('case.file') || waiting.has('case.extend'));
  };
  const strikeOut = (): void => {
    live();
    requireNotFiled(row);
    requireNothingWaiting(waiting.has('case.file'));
  };
  return [
    { action: 'amend', permission: 'case.amend', check: amend },
    { action: 'assign', permission: 'case.assign', check: live },
    { action: 'void', permission: 'case.void', check: strikeOut },
  ];
}

/** The steps of the procedure up to the proposed decision, and those that end the file. */
function stepChecks(row: CaseRow, { clock, waiting, facts, open, people, person }: Facts): ActionCheck[] {
  const step = (action: CaseAction, rule: () => unknown, name: string = action): ActionCheck => ({
    action: name,
    permission: `case.${name}`,
    check: () => {
      requireLive(row);
      next(CASE_FLOW, row.state, action);
      rule();
    },
  });
  const quiet = (): void => requireNothingWaiting(facts.isWaiting);
  const review = (kind: 'case' | 'legal') => () => requireReviewer({ open, kind, person, people });
  const inHeard = row.state === 'heard';
  return [
    step('resume', quiet),
    step('conclude', () => {
      quiet();
      requireConcludable(facts);
    }),
    step('agree', review('case'), 'review'),
    step(inHeard ? 'legal_review' : 'agree', review('legal'), 'legal_review'),
    step('refer_to_legal', review('case')),
    step('resubmit', () => requireNoOpenReview(open)),
    step('close', () => requireNothingWaiting(waiting.has('case.close'))),
    step('archive', () => undefined),
    step('extend', () => requireExtendable(clock, waiting.has('case.extend'))),
    step('suspend', quiet),
    step('terminate', quiet),
  ];
}

/** Which of the case's own actions its reader may take now, and why not where one is barred. */
export async function actionsOf(ctx: Ctx | TxCtx, row: CaseRow): Promise<AllowedAction[]> {
  const facts = await factsOf(ctx, row);
  return allowedActions(ctx, [...stepChecks(row, facts), ...recordChecks(row, facts)]);
}
