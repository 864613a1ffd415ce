import type { DomainEvent, TxCtx } from '../../context.ts';
import { conflict, notFound, unprocessable } from '../../shared/errors.ts';

/** What is asked of a head. */
export type Proposal = {
  /** `case.file`, `measure.execute` …: what the deciding moves. */
  matter: string;
  subject: { kind: string; id: string };
  title: string;
  grounds: string;
  /** Everybody who stands behind it: none of them may decide. */
  proposedBy: readonly string[];
  decides: 'head' | 'principal_head';
  /** Asked for after the act (an urgent measure), to be decided by `dueAt`. */
  afterTheFact?: boolean;
  dueAt?: Date | null;
  /** What the decision needs to move the thing: handed back with it. */
  detail?: Record<string, unknown>;
};

/** A head is asked: those it waits for are told. */
export type ApprovalProposed = DomainEvent & {
  type: 'approval.proposed';
  approvalId: string;
  bureauId: string;
  matter: string;
  subject: { kind: string; id: string };
  decides: Proposal['decides'];
  proposedBy: readonly string[];
};

/** A head has decided: the module that asked moves its own state in the same transaction. */
export type ApprovalDecided = DomainEvent & {
  type: 'approval.decided';
  approvalId: string;
  bureauId: string;
  matter: string;
  subject: { kind: string; id: string };
  decision: 'approved' | 'refused';
  proposedBy: readonly string[];
  decidedBy: string;
  decidedAt: Date;
  detail: Record<string, unknown>;
};

/** The proposers have taken it back before it was decided. */
export type ApprovalWithdrawn = DomainEvent & {
  type: 'approval.withdrawn';
  approvalId: string;
  matter: string;
  subject: { kind: string; id: string };
};

async function refuseTwice(tx: TxCtx, { matter, subject }: Proposal): Promise<void> {
  const waiting = await tx.db
    .selectFrom('approvals')
    .select('id')
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .where('matter', '=', matter)
    .where('state', '=', 'proposed')
    .executeTakeFirst();
  if (waiting) throw conflict('approval.already_waiting');
}

/**
 * Asks for a decision, in the transaction of the act that needs it (which writes the trace and holds the subject's
 * row). 409 `approval.already_waiting` where the same is asked already.
 */
export async function proposeApproval(tx: TxCtx, proposal: Proposal): Promise<{ id: string }> {
  const {
    matter,
    subject,
    title,
    grounds,
    decides,
    afterTheFact = false,
    dueAt = null,
    detail = {},
  } = proposal;
  const { bureauId } = tx.actor;
  if (bureauId === null) throw notFound();
  const proposedBy = [...new Set(proposal.proposedBy)];
  if (proposedBy.length === 0) throw unprocessable('approval.no_proposer');
  if (afterTheFact !== (dueAt !== null))
    throw new RangeError('an approval after the fact, and only it, has a due time');
  await refuseTwice(tx, proposal);
  const id = tx.newId();
  await tx.db
    .insertInto('approvals')
    .values({
      id,
      bureauId,
      matter,
      subjectKind: subject.kind,
      subjectId: subject.id,
      title,
      grounds,
      proposedBy,
      proposedAt: tx.now,
      decides,
      state: 'proposed',
      afterTheFact,
      dueAt,
      detail: JSON.stringify(detail),
      createdAt: tx.now,
    })
    .execute();
  const asked = { approvalId: id, bureauId, matter, subject, decides, proposedBy };
  const event: ApprovalProposed = { type: 'approval.proposed', ...asked };
  await tx.react(tx, event);
  return { id };
}
