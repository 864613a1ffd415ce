import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { ownBureau } from '../../db/scope.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { resolveParty } from '../parties/index.ts';
import { requireLive } from '../records/index.ts';
import { clueOnlyNote } from '../sources/index.ts';
import { caseView } from './queries.ts';
import { requireParty, requireVerifiedSource } from './rules.ts';
import type { CaseView, ProposeCaseInput } from './schemas.ts';
import { lockSourceOfCase } from './store.ts';

/**
 * Proposes that a case be filed (#7): on a verified source, against one party, by at least two certified officers
 * (K1), in the bureau's own jurisdiction (K28). The head decides; nothing runs until then. One live case for a source
 * and a party: 409 `case.already_proposed`.
 */
export async function proposeCase(ctx: Ctx, body: ProposeCaseInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const source = await lockSourceOfCase(tx, body.sourceId);
    requireLive(source);
    requireVerifiedSource(source);
    const party = await resolveParty(tx, body.party ?? { id: requireParty(source.partyId) });
    const officers = await certifiedOfficers(tx, body.officerIds, dayOf(tx.now));
    const officerIds = officers.map((officer) => officer.id);
    const id = await insertCase(tx, body, { partyId: party.id, officerIds });
    const approval = await proposeApproval(tx, {
      matter: 'case.file',
      subject: { kind: 'case', id },
      title: body.title,
      grounds: grounds(body) + (await clueOnlyNote(tx, source.id)),
      proposedBy: proposers(tx, officerIds),
      decides: 'head',
    });
    const row = await tx.db
      .updateTable('cases')
      .set({ approvalId: approval.id })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { sourceId: source.id, partyId: party.id, officerIds, approvalId: approval.id };
    await audit(tx, { action: 'case.propose', subject: { kind: 'case', id }, detail });
    return caseView(tx, row);
  });
}

/** The officers, and who typed the proposal where it was another: none of them may decide it. */
export function proposers(tx: TxCtx, officerIds: readonly string[]): string[] {
  return tx.actor.kind === 'user' ? [...new Set([...officerIds, tx.actor.id])] : [...officerIds];
}

const grounds = ({ facts, basis, jurisdictionBasis }: ProposeCaseInput): string =>
  [facts, `依据：${basis}`, `管辖：${jurisdictionBasis}`].join('\n');

type Settled = { partyId: string; officerIds: string[] };

async function insertCase(tx: TxCtx, body: ProposeCaseInput, settled: Settled): Promise<string> {
  const { sourceId, title, cause, facts, basis, jurisdictionBasis } = body;
  const id = tx.newId();
  await tx.db
    .insertInto('cases')
    .values({
      id,
      bureauId: ownBureau(tx.actor),
      sourceId,
      title,
      cause,
      facts,
      basis,
      jurisdictionBasis,
      ...settled,
      state: 'proposed',
      proposedAt: tx.now,
      assignedUnitId: tx.actor.unitId,
      assignedUserIds: settled.officerIds,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  return id;
}
