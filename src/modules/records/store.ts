import type { Selectable, Transaction, Updateable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { DB, Tips } from '../../db/schema.ts';
import { isOwnOnly } from '../../db/scope.ts';
import { notFound } from '../../shared/errors.ts';
import type { RecordRow, RecordSpec, RecordTable } from './spec.ts';

// Every table of the list has the columns this module touches; one of them stands for all in the types.
const typed = (table: RecordTable): 'tips' => table as 'tips';

const asRow = (row: Selectable<Tips>): RecordRow => row as unknown as RecordRow;

/** Holds the record; 404 where it is not of the actor's bureau, or not his own where he sees no more. */
export async function lockRecord(tx: TxCtx, { table, kind }: RecordSpec, id: string): Promise<RecordRow> {
  const row = await tx.db
    .selectFrom(typed(table))
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .$if(isOwnOnly(tx.actor, kind), (query) => query.where('createdBy', '=', tx.actor.id))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return asRow(row);
}

/** Writes columns of a locked record and its next version; answers the row as it is now. */
export async function updateRecord(
  db: Transaction<DB>,
  { table }: RecordSpec,
  row: RecordRow,
  values: Record<string, unknown>,
): Promise<RecordRow> {
  const updated = await db
    .updateTable(typed(table))
    .set({ ...(values as Updateable<Tips>), version: row.version + 1 })
    .where('id', '=', row.id)
    .where('bureauId', '=', row.bureauId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return asRow(updated);
}

/** A correction as it is kept. */
export type Correction = {
  subject: { kind: string; id: string };
  /** The record's; the actor's where it is left out. */
  bureauId?: string;
  kind: 'amend' | 'void';
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  reason: string;
};

/** Appends what a correction changed and why; the audit entry is the caller's. */
export async function recordCorrection(tx: TxCtx, correction: Correction): Promise<void> {
  const { subject, kind, before, after, reason } = correction;
  const bureauId = correction.bureauId ?? tx.actor.bureauId;
  if (bureauId === null) throw notFound();
  await tx.db
    .insertInto('corrections')
    .values({
      id: tx.newId(),
      bureauId,
      subjectKind: subject.kind,
      subjectId: subject.id,
      kind,
      before: JSON.stringify(before),
      after: JSON.stringify(after),
      reason,
      at: tx.now,
      actorId: tx.actor.id,
    })
    .execute();
}
