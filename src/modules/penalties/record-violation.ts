import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { findFine } from '../fines/index.ts';
import { checkDiscretion } from './discretion.ts';
import { penaltyTrack } from './queries.ts';
import { checkViolation } from './rules.ts';
import type { PenaltyView } from './view-schemas.ts';
import type { ViolationInput } from './schemas.ts';
import { lockForFacts } from './store.ts';

/**
 * Enters one breached norm of one act: what was broken, by which article it is punished, the facts, and how discretion
 * bears on it. 409 `penalty.facts_closed`; 422 `violation.wrong`, `violation.discretion`.
 */
export async function recordViolation(ctx: Ctx, caseId: string, body: ViolationInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForFacts(tx, caseId);
    checkViolation(body, dayOf(tx.now));
    const fine = findFine(body.fineRule)!;
    checkDiscretion({ ...body, fslr67: fine.fslr67 });
    const id = tx.newId();
    await tx.db
      .insertInto('violations')
      .values({
        ...body,
        fineRule: fine.id,
        id,
        bureauId: row.bureauId,
        caseId,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const detail = { violationId: id, actNo: body.actNo, fineRule: fine.id, breached: body.breached };
    await audit(tx, { action: 'violation.record', subject: { kind: 'case', id: caseId }, detail });
    return penaltyTrack(tx, caseId);
  });
}
