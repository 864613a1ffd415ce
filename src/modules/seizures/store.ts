import { type Selectable, sql } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { Measures } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from '../records/index.ts';

/** A measure as it is stored. */
export type MeasureRow = Selectable<Measures>;

/** Holds a measure of the bureau, where there is one. */
export const findMeasure = (tx: TxCtx, id: string): Promise<MeasureRow | undefined> =>
  tx.db
    .selectFrom('measures')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();

/** Holds a live measure of the bureau; 404. */
export async function lockMeasure(tx: TxCtx, id: string): Promise<MeasureRow> {
  const row = await findMeasure(tx, id);
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** An act on a measure: what it is called, what it changes, what the trail says of it. */
export type Act = { action: string; change: Partial<MeasureRow>; detail: Record<string, unknown> };

/** Writes an act over a locked measure, counts its version up, and leaves its one trace. */
export async function moveMeasure(
  tx: TxCtx,
  row: MeasureRow,
  { action, change, detail }: Act,
): Promise<void> {
  await tx.db
    .updateTable('measures')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute();
  await audit(tx, { action, subject: { kind: 'measure', id: row.id }, detail });
}

/** A seal as it is put on. */
export type NewSeal = {
  number: string;
  place: string;
  appliedAt?: string | undefined;
  remark?: string | undefined;
};

/** When a measure was carried out, and when its seals were put on where they do not say so themselves. */
export type SealTimes = { from: Date; at: Date };

/**
 * Enters the seals put on; 409 `measure.seal_number_taken` for a number the bureau has used; 422 `field.future`,
 * `date.before_start` with `seals.<n>.appliedAt`.
 */
export async function insertSeals(
  tx: TxCtx,
  row: MeasureRow,
  seals: readonly NewSeal[],
  { from, at }: SealTimes,
): Promise<void> {
  if (seals.length === 0) return;
  const common = { measureId: row.id, bureauId: row.bureauId, createdAt: tx.now, state: 'intact' as const };
  const appliedAt = seals.map((seal, n) => {
    const field = `seals.${n}.appliedAt`;
    const instant = seal.appliedAt === undefined ? at : pastInstant(seal.appliedAt, tx.now, field);
    notBefore(instant, from, field);
    return instant;
  });
  await tx.db
    .insertInto('seals')
    .values(seals.map((seal, n) => ({ id: tx.newId(), ...seal, appliedAt: appliedAt[n]!, ...common })))
    .execute();
}

/** Marks the seals of a measure as taken off. */
export async function removeSeals(tx: TxCtx, measureId: string): Promise<void> {
  await tx.db.updateTable('seals').set({ state: 'removed' }).where('measureId', '=', measureId).execute();
}

/** An inspection, the source it belongs to by itself, its case or its operation, and the bureau's people on it. */
export type Scene = {
  id: string;
  state: string;
  startedAt: Date | null;
  endedAt: Date | null;
  idsShownAnswer: string | null;
  measuresTold: string | null;
  isDwelling: boolean;
  partyId: string | null;
  sourceId: string | null;
  caseId: string | null;
};

/** The inspections among `ids` that are live and the bureau's. */
export async function scenesOf(tx: TxCtx, ids: readonly string[]): Promise<Scene[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Scene>`
    select i.id, i.state, i.started_at, i.ended_at, i.ids_shown_answer, i.measures_told, i.is_dwelling, i.party_id,
      coalesce(i.source_id, c.source_id, o.source_id, oc.source_id) as source_id,
      coalesce(i.case_id, o.case_id) as case_id
    from inspections i
      left join cases c on c.id = i.case_id
      left join operations o on o.id = i.operation_id
      left join cases oc on oc.id = o.case_id
    where i.id = any(${[...ids]}::uuid[]) and i.bureau_id = ${tx.actor.bureauId}::uuid and i.voided_at is null`.execute(
    tx.db,
  );
  return rows;
}

/** Which of `userIds` are on an inspection as the bureau's own people. */
export async function officersOnScene(
  tx: TxCtx,
  inspectionId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('inspectionPeople')
    .select('userId')
    .where('inspectionId', '=', inspectionId)
    .where('side', '=', 'bureau')
    .where('userId', 'in', [...userIds])
    .execute();
  return rows.flatMap(({ userId }) => userId ?? []);
}

/** Which of `measureIds` still stand: an item they list is not free for another measure. */
export async function standingMeasures(tx: TxCtx, measureIds: readonly string[]): Promise<Set<string>> {
  if (measureIds.length === 0) return new Set();
  const rows = await tx.db
    .selectFrom('measures')
    .select('id')
    .where('id', '=', sql<string>`any(${[...new Set(measureIds)]}::uuid[])`)
    .where('state', 'not in', ['refused', 'lifted', 'ended'])
    .where('voidedAt', 'is', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
