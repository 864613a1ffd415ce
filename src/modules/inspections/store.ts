import type { Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { Inspections, Operations } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import type { CertifiedOfficer } from '../identity/index.ts';
import { requireLive } from '../records/index.ts';
import type { PersonView, ScenePerson } from './schemas.ts';

/** An inspection as it is stored. */
export type InspectionRow = Selectable<Inspections>;
/** A joint operation as it is stored. */
export type OperationRow = Selectable<Operations>;

/** Holds an inspection that is not void; 404 where it is not of the actor's bureau. */
export async function lockInspection(tx: TxCtx, id: string): Promise<InspectionRow> {
  const row = await tx.db
    .selectFrom('inspections')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** Holds a joint operation that is not void; 404 where it is not of the actor's bureau. */
export async function lockOperation(tx: TxCtx, id: string): Promise<OperationRow> {
  const row = await tx.db
    .selectFrom('operations')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** Adds officers of the bureau to the people on the scene; one already named stays named once. */
export async function addOfficers(
  tx: TxCtx,
  inspectionId: string,
  officers: readonly CertifiedOfficer[],
): Promise<void> {
  const rows = officers.map((officer) => ({
    id: tx.newId(),
    inspectionId,
    side: 'bureau' as const,
    userId: officer.id,
    name: officer.name,
    credential: officer.certificateNumber,
    createdAt: tx.now,
  }));
  if (rows.length === 0) return;
  await tx.db
    .insertInto('inspectionPeople')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['inspectionId', 'userId']).doNothing())
    .execute();
}

/** Adds people of the other sides. */
export async function addPeople(
  tx: TxCtx,
  inspectionId: string,
  people: readonly ScenePerson[],
): Promise<void> {
  const rows = people.map((person) => ({
    id: tx.newId(),
    inspectionId,
    side: person.side,
    name: person.name,
    credential: person.credential ?? null,
    organisation: person.organisation ?? null,
    role: person.role ?? null,
    createdAt: tx.now,
  }));
  if (rows.length > 0) await tx.db.insertInto('inspectionPeople').values(rows).execute();
}

/** Writes `change` over a locked inspection and counts its version up. */
export async function updateInspection(
  tx: TxCtx,
  row: InspectionRow,
  change: Partial<InspectionRow>,
): Promise<InspectionRow> {
  return tx.db
    .updateTable('inspections')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The columns of an operation that change after it is planned. */
export type OperationChange = Partial<
  Pick<
    OperationRow,
    'state' | 'startedAt' | 'endedAt' | 'outcome' | 'bureauTook' | 'policeTook' | 'calledOffReason'
  >
>;

/** Writes `change` over a locked operation and counts its version up. */
export async function updateOperation(
  tx: TxCtx,
  row: OperationRow,
  change: OperationChange,
): Promise<OperationRow> {
  return tx.db
    .updateTable('operations')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** People of a joint operation as its row keeps them. */
export const peopleOf = (row: OperationRow): PersonView[] => row.people as unknown as PersonView[];
