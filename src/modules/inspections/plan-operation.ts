import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { ownBureau } from '../../db/scope.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { operationView } from './operation-queries.ts';
import type { OperationView, PersonView, PlanOperationInput } from './schemas.ts';
import { resolveTies } from './ties.ts';

/**
 * Plans a joint operation with the police (or another authority): sites, day, people of both sides. The bureau brings
 * at least two certified officers of its own (K1, K17).
 */
export async function planOperation(ctx: Ctx, body: PlanOperationInput): Promise<OperationView> {
  return inTx(ctx, async (tx) => {
    const { sourceId, caseId } = await resolveTies(tx, {
      sourceId: body.sourceId ?? null,
      caseId: body.caseId ?? null,
      partyId: null,
    });
    const people = await peopleOfBothSides(tx, body);
    const { title, plannedOn, plan, sites, partner } = body;
    const row = await tx.db
      .insertInto('operations')
      .values({
        id: tx.newId(),
        bureauId: ownBureau(tx.actor),
        title,
        plannedOn,
        plan,
        partner,
        sites: JSON.stringify(sites),
        people: JSON.stringify(people),
        sourceId,
        caseId,
        state: 'planned',
        assignedUnitId: tx.actor.unitId,
        assignedUserIds: body.officerIds,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { sourceId, caseId, plannedOn, partner, sites: sites.length, people: people.length };
    await audit(tx, { action: 'operation.plan', subject: { kind: 'operation', id: row.id }, detail });
    return operationView(tx, row);
  });
}

async function peopleOfBothSides(
  tx: TxCtx,
  { officerIds, police, plannedOn }: PlanOperationInput,
): Promise<PersonView[]> {
  const today = dayOf(tx.now);
  const officers = await certifiedOfficers(tx, officerIds, plannedOn > today ? plannedOn : today);
  return [
    ...officers.map((officer) => ({
      side: 'bureau' as const,
      userId: officer.id,
      name: officer.name,
      credential: officer.certificateNumber,
      organisation: null,
      role: null,
    })),
    ...police.map((person) => ({
      side: 'police' as const,
      userId: null,
      ...person,
      role: person.role ?? null,
    })),
  ];
}
