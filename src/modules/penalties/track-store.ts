import type { Kysely, Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type {
  CitySubmissions,
  DB,
  Decisions,
  Discussions,
  PartyStatements,
  PenaltyProposals,
} from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import type { FineInput } from './proposal-schemas.ts';

export type ProposalRow = Selectable<PenaltyProposals>;
export type StatementRow = Selectable<PartyStatements>;
export type DiscussionRow = Selectable<Discussions>;
export type SubmissionRow = Selectable<CitySubmissions>;
export type DecisionRow = Selectable<Decisions>;

/** A fine as proposals and decisions keep it. */
export type KeptFine = FineInput & { actNo: number };

/** What proposals and decisions keep as lists. */
export const finesIn = (row: { fines: unknown }): KeptFine[] => row.fines as KeptFine[];
export const othersIn = (row: { others: unknown }): { kind: string; text: string }[] =>
  row.others as { kind: string; text: string }[];

type Db = Kysely<DB>;

/** Every proposal of a case, in order. */
export const proposalsOf = (db: Db, caseId: string): Promise<ProposalRow[]> =>
  db.selectFrom('penaltyProposals').selectAll().where('caseId', '=', caseId).orderBy('no').execute();

/** The proposal the head has approved and nobody has replaced: what the notice tells. */
export const standingProposal = (db: Db, caseId: string): Promise<ProposalRow | undefined> =>
  db
    .selectFrom('penaltyProposals')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('state', '=', 'approved')
    .executeTakeFirst();

/** The proposal behind an approval. */
export async function proposalOf(tx: TxCtx, approvalId: string): Promise<ProposalRow> {
  const row = await tx.db
    .selectFrom('penaltyProposals')
    .selectAll()
    .where('approvalId', '=', approvalId)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Writes what has happened to a proposal. */
export async function updateProposal(
  tx: TxCtx,
  id: string,
  change: Partial<Pick<ProposalRow, 'state' | 'approvedOn' | 'approvalId' | 'servedOn' | 'noticeNumber'>>,
): Promise<void> {
  await tx.db.updateTable('penaltyProposals').set(change).where('id', '=', id).execute();
}

/** What the party has said to any notice of the case, in order. */
export const statementsOf = (db: Db, caseId: string): Promise<StatementRow[]> =>
  db.selectFrom('partyStatements').selectAll().where('caseId', '=', caseId).orderBy('lineNo').execute();

export const discussionsOf = (db: Db, caseId: string): Promise<DiscussionRow[]> =>
  db.selectFrom('discussions').selectAll().where('caseId', '=', caseId).orderBy('lineNo').execute();

export const submissionsOf = (db: Db, caseId: string): Promise<SubmissionRow[]> =>
  db.selectFrom('citySubmissions').selectAll().where('caseId', '=', caseId).orderBy('lineNo').execute();

export const decisionsOf = (db: Db, caseId: string): Promise<DecisionRow[]> =>
  db.selectFrom('decisions').selectAll().where('caseId', '=', caseId).orderBy('lineNo').execute();

/** The decision that stands; a case has one at most. */
export const standingDecision = (db: Db, caseId: string): Promise<DecisionRow | undefined> =>
  db
    .selectFrom('decisions')
    .selectAll()
    .where('caseId', '=', caseId)
    .where('state', '=', 'standing')
    .executeTakeFirst();

/** Writes what has happened to a decision and counts its version up. */
export async function updateDecision(
  tx: TxCtx,
  row: DecisionRow,
  change: Partial<Pick<DecisionRow, 'state' | 'servedOn' | 'toldOfPublicity' | 'payBy' | 'number'>>,
): Promise<DecisionRow> {
  return tx.db
    .updateTable('decisions')
    .set({ ...change, version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
