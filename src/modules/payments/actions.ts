import type { Ctx, TxCtx } from '../../context.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { CASE_FLOW, type CaseAction, type CaseRow } from '../cases/index.ts';
import { requireLive } from '../records/index.ts';
import { type Account, lastDueOf } from './account.ts';
import {
  type CourtFacts,
  requireAtCourt,
  requireCourtReady,
  requireNothingOpen,
  requireNotStopped,
  requireOverdue,
  requirePlannable,
  requireRemittable,
  requireServedDemand,
  requireSomethingOpen,
  requireStopped,
  requireStrikable,
  requireUnservedDemand,
  requireUntold,
} from './rules.ts';

/** What the checks look at, loaded before they run. */
export type ActionFacts = { account: Account | null; court: CourtFacts | null; isRemissionWaiting: boolean };

/** What may be done about the money of a decision now; before there is one, the state says no. */
export function actionsOf(ctx: Ctx | TxCtx, row: CaseRow, facts: ActionFacts): AllowedAction[] {
  const step = (name: string, action: CaseAction, rule?: (account: Account) => unknown): ActionCheck => ({
    action: name,
    permission: name,
    check: () => {
      requireLive(row);
      next(CASE_FLOW, row.state, action);
      rule?.(facts.account!);
    },
  });
  return allowedActions(ctx, [...moneySteps(step, facts), ...courtSteps(step, facts)]);
}

type Step = (name: string, action: CaseAction, rule?: (account: Account) => unknown) => ActionCheck;

const moneySteps = (step: Step, { isRemissionWaiting }: ActionFacts): ActionCheck[] => [
  step('payment.record', 'pay', ({ sums }) => requireSomethingOpen(sums)),
  step('payment.finish', 'perform', ({ sums }) => requireNothingOpen(sums)),
  step('payment.void', 'pay', ({ payments }) => requireStrikable(payments)),
  step('payment.plan', 'defer', (account) =>
    requirePlannable({
      fineFen: account.decision.fineFen,
      payBy: lastDueOf(account),
      today: account.today,
      isWaiting: account.plans.some(({ state }) => state === 'proposed'),
    }),
  ),
  step('payment.tell_plan', 'defer', ({ standing }) => requireUntold(standing)),
  step('surcharge.stop', 'stop_surcharge', ({ stops }) => requireNotStopped(stops)),
  step('surcharge.resume', 'stop_surcharge', ({ stops }) => requireStopped(stops)),
  step('surcharge.remit', 'remit_surcharge', ({ sums }) =>
    requireRemittable({ open: sums.surcharge.open, isWaiting: isRemissionWaiting }),
  ),
];

const courtSteps = (step: Step, { court }: ActionFacts): ActionCheck[] => [
  step('demand.make', 'demand', (account) =>
    requireOverdue({ ...account, payBy: account.decision.payBy, lastDue: lastDueOf(account) }),
  ),
  step('demand.serve', 'demand', ({ demands }) => requireUnservedDemand(demands.at(-1))),
  step('demand.answer', 'demand', ({ demands }) => requireServedDemand(demands.at(-1))),
  step('court.apply', 'apply_to_court', () => requireCourtReady(court!)),
  step('court.answer', 'apply_to_court', ({ applications }) => requireAtCourt(applications)),
];
