import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { tellAssigned } from '../records/index.ts';
import { getSource } from './queries.ts';
import { SOURCE_FLOW } from './rules.ts';
import type { RecordVerificationInput, SourceView, VerifyInput } from './schemas.ts';
import { lockForAct, updateSource } from './store.ts';

/**
 * Names the officers who verify the clue, and again where others take over: from then on they have it. 422
 * `officer.two_certified` (K1).
 */
export async function verifySource(ctx: Ctx, id: string, { verifierIds }: VerifyInput): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    const state = next(SOURCE_FLOW, source.state, 'verify');
    const officers = await certifiedOfficers(tx, verifierIds, dayOf(tx.now));
    const userIds = officers.map((officer) => officer.id);
    const assignees = {
      assignedUnitId: source.assignedUnitId ?? tx.actor.unitId,
      assignedUserIds: userIds,
    };
    await updateSource(tx.db, source, { state, verifierIds: userIds, ...assignees });
    const detail = { before: source.verifierIds, after: verifierIds };
    await audit(tx, { action: 'source.verify', subject: { kind: 'source', id }, detail });
    await tellAssigned(tx, 'source', source, assignees);
    return getSource(tx, id);
  });
}

/** Keeps what the verification found; a later text replaces the earlier one, which the trace keeps. */
export async function recordVerification(
  ctx: Ctx,
  id: string,
  body: RecordVerificationInput,
): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    const state = next(SOURCE_FLOW, source.state, 'record_verification');
    await updateSource(tx.db, source, { state, ...body });
    const before = { verification: source.verification, handlingOpinion: source.handlingOpinion };
    await audit(tx, {
      action: 'source.record_verification',
      subject: { kind: 'source', id },
      detail: { before, after: { ...body } },
    });
    return getSource(tx, id);
  });
}
