import { conflict, forbidden, unprocessable } from '../../shared/errors.ts';
import { type Flow, next } from '../../shared/workflow.ts';
import type { ApprovalState } from './schemas.ts';

/** What may happen to a proposal. */
export const APPROVAL_FLOW = {
  proposed: { opine: 'proposed', approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' },
  approved: {},
  refused: {},
  withdrawn: {},
} as const satisfies Flow<ApprovalState>;

/** A proposal as the rules see it; `handlers` handle or have ever handled its subject, case or source. */
export type Proposal = {
  state: ApprovalState;
  decides: 'head' | 'principal_head';
  unitBy: string | null;
  proposedBy: readonly string[];
  handlers: readonly string[];
};

/** Who acts on it. */
export type Person = { id: string; permissions: ReadonlySet<string> };

const PRINCIPAL_ARTICLE = '《行政执法机关移送涉嫌犯罪案件的规定》第五条';

function requireAnother(proposal: Proposal, person: Person): void {
  if (proposal.proposedBy.includes(person.id) || proposal.handlers.includes(person.id)) {
    throw unprocessable('approval.own_proposal');
  }
}

/** The unit head's opinion: once, and not on a matter he handles. 409 in another state; 422. */
export function checkOpine(proposal: Proposal, person: Person): void {
  next(APPROVAL_FLOW, proposal.state, 'opine');
  requireAnother(proposal, person);
  if (proposal.unitBy !== null) throw conflict('approval.opinion_given');
}

/**
 * A decision: never on what one handles or has ever handled, never by who gave the unit's opinion, and where it is the
 * principal head's, only by the principal head in person (K25). 409 in another state; 403; 422
 * `approval.own_proposal`, `approval.own_opinion`.
 */
export function checkDecide(proposal: Proposal, person: Person, action: 'approve' | 'refuse'): ApprovalState {
  const state = next(APPROVAL_FLOW, proposal.state, action);
  requireAnother(proposal, person);
  if (proposal.unitBy === person.id) throw unprocessable('approval.own_opinion');
  const permission = 'approval.decide_principal';
  if (proposal.decides === 'principal_head' && !person.permissions.has(permission)) {
    throw forbidden('approval.principal_only', { permission, gate: 'K25', article: PRINCIPAL_ARTICLE });
  }
  return state;
}

/** Only who proposed it takes it back, and only before it is decided. */
export function checkWithdraw(proposal: Proposal, person: Person): void {
  next(APPROVAL_FLOW, proposal.state, 'withdraw');
  if (!proposal.proposedBy.includes(person.id)) throw unprocessable('approval.withdraw_own');
}
