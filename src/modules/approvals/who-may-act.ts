import type { TxCtx } from '../../context.ts';
import { peopleWith } from '../identity/index.ts';
import { handlers } from './handlers.ts';
import type { ApprovalProposed } from './propose-approval.ts';

/**
 * For whom a new proposal waits: those who may decide it, and the heads of the units its proposers belong to, who give
 * their opinion before; of a bureau whose units have none, whoever may give one. Never those who handle the matter.
 */
export async function whoMayAct(
  tx: TxCtx,
  { approvalId, bureauId, decides, proposedBy }: ApprovalProposed,
): Promise<string[]> {
  const decide = decides === 'head' ? 'approval.decide' : 'approval.decide_principal';
  const deciders = await peopleWith(tx.db, bureauId, decide);
  const opiners = await peopleWith(tx.db, bureauId, 'approval.opine');
  const units = await tx.db
    .selectFrom('users')
    .select('unitId')
    .where('id', 'in', [...proposedBy])
    .where('unitId', 'is not', null)
    .execute();
  const near = opiners.filter(({ unitId }) => units.some((unit) => unit.unitId === unitId));
  const { handling } = await tx.db
    .selectFrom('approvals')
    .select(handlers.as('handling'))
    .where('id', '=', approvalId)
    .executeTakeFirstOrThrow();
  const people = [...deciders, ...(near.length > 0 ? near : opiners)].map(({ id }) => id);
  return [...new Set(people)].filter((id) => !handling.includes(id));
}
