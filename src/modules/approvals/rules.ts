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
  unitFor: string | null;
  proposedBy: readonly string[];
  handlers: readonly string[];
};

/** Who acts on it. */
export type Person = {
  id: string;
  permissions: ReadonlySet<string>;
  /** The heads he stands in for, with what each lends him that he does not hold himself. */
  standsFor?: readonly { id: string; permissions: readonly string[] }[];
};

const PRINCIPAL_ARTICLE = '《行政执法机关移送涉嫌犯罪案件的规定》第五条';

type Hand = 'opine' | 'decide';

/** Why somebody may have no hand in it, whatever his rank; null where he may. */
function barOf({ proposedBy, handlers, unitBy, unitFor }: Proposal, id: string, hand: Hand): string | null {
  if (proposedBy.includes(id) || handlers.includes(id)) return 'approval.own_proposal';
  return hand === 'decide' && (unitBy === id || unitFor === id) ? 'approval.own_opinion' : null;
}

/**
 * The head in whose place this person gives an opinion or decides; null where the power is his own. Neither he nor that
 * head may handle the matter: a deputy is no way round what the head may not do. 422 `approval.own_proposal`,
 * `approval.own_opinion`.
 */
export function placeOf(proposal: Proposal, person: Person, hand: Hand): string | null {
  const heads = (person.standsFor ?? []).filter(({ permissions }) =>
    permissions.includes(`approval.${hand}`),
  );
  const head = heads.find(({ id }) => barOf(proposal, id, hand) === null);
  const bar =
    barOf(proposal, person.id, hand) ?? (heads[0] && !head ? barOf(proposal, heads[0].id, hand) : null);
  if (bar) throw unprocessable(bar);
  return head?.id ?? null;
}

/** The unit head's opinion: once, and not on a matter he handles. Answers as `placeOf`. 409 in another state; 422. */
export function checkOpine(proposal: Proposal, person: Person): string | null {
  next(APPROVAL_FLOW, proposal.state, 'opine');
  const place = placeOf(proposal, person, 'opine');
  if (proposal.unitBy !== null) throw conflict('approval.opinion_given');
  return place;
}

/**
 * A decision: never on what one handles or has ever handled, never by who gave the unit's opinion, and where it is the
 * principal head's, only by the principal head in person (K25). Answers as `placeOf`. 409 in another state; 403; 422
 * `approval.own_proposal`, `approval.own_opinion`.
 */
export function checkDecide(proposal: Proposal, person: Person, action: 'approve' | 'refuse'): string | null {
  next(APPROVAL_FLOW, proposal.state, action);
  const permission = 'approval.decide_principal';
  const place = placeOf(proposal, person, 'decide');
  if (proposal.decides === 'principal_head' && !person.permissions.has(permission)) {
    throw forbidden('approval.principal_only', { permission, gate: 'K25', article: PRINCIPAL_ARTICLE });
  }
  return place;
}

/** Only who proposed it takes it back, and only before it is decided. */
export function checkWithdraw(proposal: Proposal, person: Person): void {
  next(APPROVAL_FLOW, proposal.state, 'withdraw');
  if (!proposal.proposedBy.includes(person.id)) throw unprocessable('approval.withdraw_own');
}
