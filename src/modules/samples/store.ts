import type { Selectable, Transaction } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { DB, LaboratoryReports, SamplePortions, Samples } from '../../db/schema.ts';
import { ownBureau } from '../../db/scope.ts';
import { notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { Ties } from '../inspections/index.ts';
import { requireLive } from '../records/index.ts';
import type { ReadItem } from './result-items.ts';
import type { CollectSampleInput } from './schemas.ts';

/** A sample as it is stored. */
export type SampleRow = Selectable<Samples>;
/** A report as it is stored. */
export type ReportRow = Selectable<LaboratoryReports>;
/** A portion as it is stored. */
export type PortionRow = Selectable<SamplePortions>;

const BEFORE_THE_LABORATORY = ['planned', 'collected'] as const;

/** Holds a live sample: the bureau's own, or one that was sent to the actor's laboratory; 404 otherwise. */
export async function lockSample(tx: TxCtx, id: string): Promise<SampleRow> {
  const { bureauId, laboratoryId } = tx.actor;
  let query = tx.db.selectFrom('samples').selectAll().where('id', '=', id);
  query =
    laboratoryId === null
      ? query.where('bureauId', '=', bureauId)
      : query.where('laboratoryId', '=', laboratoryId).where('state', 'not in', BEFORE_THE_LABORATORY);
  const row = await query.forUpdate().executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** Writes `change` over a locked sample, counts its version up, and leaves the one trace of the act. */
export async function moveSample(
  tx: TxCtx,
  row: SampleRow,
  { action, change, detail }: { action: string; change: Partial<SampleRow>; detail: Record<string, unknown> },
): Promise<SampleRow> {
  const moved = await tx.db
    .updateTable('samples')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const subject = { kind: 'sample', id: row.id };
  // The trail is the bureau's, also where a person of the laboratory acts.
  await audit(tx, { action, subject, bureauId: row.bureauId, detail });
  return moved;
}

/** The portions of a sample, in the order of their codes. */
export const portionsOf = (db: Transaction<DB>, sampleId: string): Promise<PortionRow[]> =>
  db.selectFrom('samplePortions').selectAll().where('sampleId', '=', sampleId).orderBy('code').execute();

/** A hand-over of portions. */
export type HandOver = { to: string; at: Date; sealIntact: boolean; condition: string | null };

/** Hands portions from whoever holds them to another: one line of custody each. */
export async function handOver(tx: TxCtx, portions: readonly PortionRow[], hand: HandOver): Promise<void> {
  const { to, at, sealIntact, condition } = hand;
  await tx.db
    .insertInto('sampleCustody')
    .values(
      portions.map((portion) => ({
        id: tx.newId(),
        sampleId: portion.sampleId,
        portionId: portion.id,
        at,
        fromHolder: portion.holder,
        toHolder: to,
        sealIntact,
        condition,
        actorId: tx.actor.id,
      })),
    )
    .execute();
  await tx.db
    .updateTable('samplePortions')
    .set({ holder: to })
    .where(
      'id',
      'in',
      portions.map((portion) => portion.id),
    )
    .execute();
}

/** Every version of a sample's report, oldest first; the sample's row must be held. */
export const reportsOf = (db: Transaction<DB>, sampleId: string): Promise<ReportRow[]> =>
  db
    .selectFrom('laboratoryReports')
    .selectAll()
    .where('sampleId', '=', sampleId)
    .orderBy('reportVersion')
    .execute();

/** Writes a report's new state. */
export async function updateReport(tx: TxCtx, report: ReportRow, change: Partial<ReportRow>): Promise<void> {
  await tx.db
    .updateTable('laboratoryReports')
    .set({ ...change, version: report.version + 1 } as Partial<Omit<ReportRow, 'labelJudgment'>>)
    .where('id', '=', report.id)
    .execute();
}

/** Writes the items of a report, numbered in their order. */
export async function insertResults(tx: TxCtx, reportId: string, items: readonly ReadItem[]): Promise<void> {
  const rows = items.map((item, index) => ({ id: tx.newId(), reportId, lineNo: index + 1, ...item }));
  await tx.db.insertInto('laboratoryResults').values(rows).execute();
}

/** What of a sample the bureau itself settles. */
export type Settled = Ties & {
  id: string;
  inspectionId: string | null;
  number: string;
  sampledAt: Date;
  officerIds: string[];
  sampleQuantity: string;
  backupQuantity: string | null;
};

/** Writes a sample just taken. */
export async function insertSample(tx: TxCtx, body: CollectSampleInput, settled: Settled): Promise<void> {
  const { portions: _, items: __, method, ...fields } = body;
  await tx.db
    .insertInto('samples')
    .values({
      ...fields,
      ...settled,
      bureauId: ownBureau(tx.actor),
      state: 'collected',
      method: method.kind === 'prescribed' ? method.standard : method.description,
      methodStandard: method.kind === 'prescribed' ? method.standard : null,
      assignedUnitId: tx.actor.unitId,
      assignedUserIds: settled.officerIds,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
}

/** Writes its portions, in the hands of whoever took them. */
export async function insertPortions(
  tx: TxCtx,
  { id, number }: { id: string; number: string },
  { portions, unit }: CollectSampleInput,
): Promise<void> {
  const rows = portions.map(({ kind, quantity, sealNumber }, index) => ({
    id: tx.newId(),
    sampleId: id,
    code: `${number}-${index + 1}${kind === 'backup' ? 'B' : ''}`,
    kind,
    quantity,
    unit,
    sealNumber,
    holder: tx.actor.name,
    createdAt: tx.now,
  }));
  await tx.db.insertInto('samplePortions').values(rows).execute();
}
