import type { Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { ClueNotices, Transfers } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { requireLive } from '../records/index.ts';

/** A clue notice as it is stored. */
export type ClueNoticeRow = Selectable<ClueNotices>;
/** A transfer as it is stored. */
export type TransferRow = Selectable<Transfers>;

/** Holds a clue notice that is not void; 404 where it is not of the actor's bureau. */
export async function lockClueNotice(tx: TxCtx, id: string): Promise<ClueNoticeRow> {
  const row = await tx.db
    .selectFrom('clueNotices')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** Holds a transfer that is not void; 404 where it is not of the actor's bureau. */
export async function lockTransfer(tx: TxCtx, id: string): Promise<TransferRow> {
  const row = await tx.db
    .selectFrom('transfers')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** Writes `change` over a locked clue notice and counts its version up. */
export async function updateClueNotice(
  tx: TxCtx,
  row: ClueNoticeRow,
  change: Partial<ClueNoticeRow>,
): Promise<ClueNoticeRow> {
  return tx.db
    .updateTable('clueNotices')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Writes `change` over a locked transfer and counts its version up. */
export async function updateTransfer(
  tx: TxCtx,
  row: TransferRow,
  change: Partial<TransferRow>,
): Promise<TransferRow> {
  return tx.db
    .updateTable('transfers')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
