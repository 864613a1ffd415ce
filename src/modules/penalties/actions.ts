import type { Ctx, TxCtx } from '../../context.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { barred, CASE_FLOW, type CaseAction, requireOpenCase } from '../cases/index.ts';
import { requireLive } from '../records/index.ts';
import type { Assessment, TrackedCase } from './assessment.ts';
import {
  type DecideFacts,
  requireCitysPower,
  requireLapsed,
  requireNotServed,
  requireOwnPower,
  requireReady,
  requireServed,
} from './decide-rules.ts';
import { requireDecisionServed, requireUnserved } from './decision-rules.ts';
import { requireFactsOpen, requireNoGainsWaiting } from './rules.ts';
import { isCitys } from './track-queries.ts';
import type { Track } from './track-view.ts';

/** What the checks look at, loaded before they run. */
export type ActionFacts = { found: Assessment; decide: DecideFacts; track: Track };

type Step = (name: string, action: CaseAction, rule?: () => unknown) => ActionCheck;

/** A step of the flow, with what else must hold. Several modules meet here: each act goes by its whole name. */
const stepsOf =
  (row: TrackedCase): Step =>
  (name, action, rule) => ({
    action: name,
    permission: name,
    check: () => {
      requireLive(row);
      next(CASE_FLOW, row.state, action);
      rule?.();
    },
  });

function factChecks(row: TrackedCase, { found }: ActionFacts): ActionCheck[] {
  const open = (): void => {
    requireLive(row);
    requireOpenCase(row);
  };
  const facts = (): void => {
    open();
    requireFactsOpen(row);
  };
  const gains = (): void => {
    facts();
    requireNoGainsWaiting(found.gains);
  };
  return [
    { action: 'violation.record', permission: 'violation.record', check: facts },
    { action: 'sale.record', permission: 'sale.record', check: facts },
    { action: 'gains.find', permission: 'gains.find', check: gains },
    // Reached thresholds or not: whether a crime is suspected is for an officer to say.
    { action: 'transfer.propose', permission: 'transfer.propose', check: open },
  ];
}

function noticeChecks(row: TrackedCase, { decide, track }: ActionFacts): ActionCheck[] {
  const step = stepsOf(row);
  const quiet = (): void => {
    if (track.proposals.some(({ state }) => state === 'proposed'))
      throw barred('K5', 'penalty.proposal_waiting');
  };
  const served = (): void => requireServed(decide.notice, decide.today);
  return [
    step('penalty.propose', row.state === 'proposed_decision' ? 'propose_penalty' : 'renotify', quiet),
    step('penalty.take_up_again', 'take_up_again', quiet),
    step('penalty.serve_notice', 'serve_notice', () => requireNotServed(decide.notice)),
    step('penalty.defend', 'defend', served),
    step('penalty.waive', 'waive', served),
    step('penalty.lapse', 'lapse', () => requireLapsed(decide)),
    step('penalty.recheck', 'recheck'),
  ];
}

function decisionChecks(row: TrackedCase, { decide, track }: ActionFacts): ActionCheck[] {
  const step = stepsOf(row);
  const isUp = isCitys(decide.notice, row.areaCode);
  const standing = track.decisions.find(({ state }) => state === 'standing');
  return [
    step('discussion.record', 'discuss'),
    step('penalty.decide', 'decide', () => {
      if (row.state === 'submitted_to_city') throw barred('K9', 'penalty.needs_city');
      requireReady(decide);
      requireOwnPower(isUp);
    }),
    step('penalty.submit_to_city', 'submit_to_city', () => {
      requireCitysPower(isUp);
      requireReady(decide);
    }),
    step('penalty.city_answer', 'send_back'),
    step('penalty.serve', 'serve', () => standing && requireUnserved(standing)),
    step('penalty.finish', 'finish', () => standing && requireDecisionServed(standing)),
  ];
}

/** What may be done on the penalty track now, and where a step is barred: why, by which gate and article. */
export const actionsOf = (ctx: Ctx | TxCtx, row: TrackedCase, facts: ActionFacts): AllowedAction[] =>
  allowedActions(ctx, [
    ...factChecks(row, facts),
    ...noticeChecks(row, facts),
    ...decisionChecks(row, facts),
  ]);
