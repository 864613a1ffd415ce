import { sql } from 'kysely';
import type { DomainEvent, TxCtx } from '../../context.ts';
import type { RecordAssigned } from '../records/index.ts';

/** The things somebody has, by the kind under which clocks know them. */
const TABLES: Readonly<Record<string, string>> = {
  tip: 'tips',
  source: 'sources',
  case: 'cases',
  inspection: 'inspections',
  operation: 'operations',
  sample: 'samples',
  measure: 'measures',
  clue_notice: 'clue_notices',
  transfer: 'transfers',
};

/** Who has the thing of a clock that starts, its id under its kind; read in the statement that writes the clock. */
export function assigneesOf(thing: Readonly<Record<string, string>>) {
  const [[kind, id] = []] = Object.entries(thing);
  const table = TABLES[kind ?? ''];
  if (table === undefined) return {};
  const of = (column: string) => sql`(select ${sql.ref(column)} from ${sql.table(table)} where id = ${id})`;
  return {
    assignedUnitId: sql<string | null>`${of('assigned_unit_id')}`,
    assignedUserIds: sql<string[]>`coalesce(${of('assigned_user_ids')}, '{}')`,
  };
}

/** The clocks of a thing follow whoever has it: the workbench asks them. */
export async function onRecordAssigned(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { subject, unitId, userIds } = event as RecordAssigned;
  if (!Object.hasOwn(TABLES, subject.kind)) return;
  await tx.db
    .updateTable('clocks')
    .set({ assignedUnitId: unitId, assignedUserIds: [...userIds] })
    .where('subjectKind', '=', subject.kind)
    .where('subjectId', '=', subject.id)
    .execute();
}
