import type { Kysely } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { handlers } from './handlers.ts';

/** Proposals with their handlers. */
export const approvals = (db: Kysely<DB>) =>
  db.selectFrom('approvals').selectAll('approvals').select(handlers.as('handlers'));

/** A proposal with its handlers. */
export type ApprovalRow = Awaited<ReturnType<typeof lockApproval>>;

/** Holds the proposal; 404 where it is not of the actor's bureau. */
export async function lockApproval(tx: TxCtx, id: string) {
  const row = await approvals(tx.db)
    .where('approvals.id', '=', id)
    .where('approvals.bureauId', '=', tx.actor.bureauId)
    .forUpdate('approvals')
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

type Change = {
  state?: ApprovalRow['state'];
  unitOpinion?: string;
  unitBy?: string;
  unitFor?: string | null;
  unitAt?: Date;
  opinion?: string;
  decidedBy?: string;
  decidedFor?: string | null;
  decidedAt?: Date;
};

/** Writes what has happened to a locked proposal, and its next version. */
export async function updateApproval(tx: TxCtx, row: ApprovalRow, change: Change): Promise<ApprovalRow> {
  const updated = await tx.db
    .updateTable('approvals')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { ...updated, handlers: row.handlers };
}
