import { type Kysely, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { clocksOf } from '../deadlines/index.ts';
import { FINES } from '../fines/index.ts';
import { type DecideFacts, needsCity, type Notice } from './decide-rules.ts';
import { violationsOf } from './store.ts';
import { discussionsOf, type ProposalRow, standingProposal, statementsOf } from './track-store.ts';

type Db = Kysely<DB>;
type Reader = Ctx | TxCtx;

/** Whether a transfer of the case has reached the police and was not turned away: the outcome "judicial organ". */
export async function isTransferDelivered(db: Db, caseId: string): Promise<boolean> {
  const found = await db
    .selectFrom('transfers')
    .select('id')
    .where('caseId', '=', caseId)
    .where('voidedAt', 'is', null)
    .where('state', 'in', ['delivered', 'acknowledged', 'supplementing', 'police_filed'])
    .executeTakeFirst();
  return found !== undefined;
}

/** The state of a transfer to the police that is not over; null without one. */
async function openTransfer(db: Db, caseId: string): Promise<string | null> {
  const found = await db
    .selectFrom('transfers')
    .select('state')
    .where('caseId', '=', caseId)
    .where('voidedAt', 'is', null)
    .where('state', 'not in', ['refused', 'declined', 'returned'])
    .executeTakeFirst();
  return found?.state ?? null;
}

/** The last day of the party's time to answer a notice (P06), as a right: rolled. */
export async function windowOf(ctx: Reader, proposalId: string): Promise<Day | null> {
  const clocks = await clocksOf(ctx.db, [{ kind: 'penalty_proposal', id: proposalId }], ctx.now);
  return clocks.find(({ rule }) => rule === 'P06')?.rolledOn ?? null;
}

/** Whether a hearing on the notice was held and reported. */
async function isHeard(db: Db, proposalId: string): Promise<boolean> {
  const found = await db
    .selectFrom('hearings')
    .select('id')
    .where('proposalId', '=', proposalId)
    .where('state', '=', 'reported')
    .executeTakeFirst();
  return found !== undefined;
}

async function isDecisionWaiting(db: Db, caseId: string): Promise<boolean> {
  const found = await db
    .selectFrom('approvals')
    .select('id')
    .where('subjectKind', '=', 'case')
    .where('subjectId', '=', caseId)
    .where('state', '=', 'proposed')
    .where(sql<boolean>`matter in ('penalty.decide', 'penalty.approve_notice', 'penalty.approve_other')`)
    .executeTakeFirst();
  return found !== undefined;
}

/** The numbers of the reports a notice rests on that are no longer a laboratory's word, or whose sample was voided. */
async function lostReports(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('laboratoryReports')
    .innerJoin('samples', 'samples.id', 'laboratoryReports.sampleId')
    .select('laboratoryReports.number')
    .where('laboratoryReports.id', 'in', ids)
    .where((eb) =>
      eb.or([eb('laboratoryReports.state', '<>', 'reported'), eb('samples.voidedAt', 'is not', null)]),
    )
    .orderBy('laboratoryReports.number')
    .execute();
  return rows.map(({ number }) => number);
}

/** A proposal as the gates look at it. */
export const noticeOf = (row: ProposalRow | undefined): Notice | undefined =>
  row && {
    id: row.id,
    servedOn: row.servedOn,
    foodFineFen: row.foodFineFen,
    hearingGrounds: row.hearingGrounds,
    snapshot: row.snapshot as unknown as Notice['snapshot'],
  };

const K9 = FINES.gates.find(({ id }) => id === 'K9')!;

/** Whether the fine of a notice is the city level's to decide (K9). */
export const isCitys = (notice: { foodFineFen: number } | undefined, areaCode: string): boolean =>
  notice !== undefined && needsCity(notice, { isCityLevel: areaCode.endsWith('00'), limitFen: K9.fineFen });

/** A case as the facts of a decision need it. */
export type Decided = { id: string; legalGrounds: readonly string[]; areaCode: string };

/** Everything the gates of a decision look at. */
export async function decideFacts(
  ctx: Reader,
  row: Decided,
): Promise<DecideFacts & { proposal: ProposalRow | undefined }> {
  const { db } = ctx;
  const proposal = await standingProposal(db, row.id);
  const [statements, discussions, violations] = [
    await statementsOf(db, row.id),
    await discussionsOf(db, row.id),
    await violationsOf(db, row.id),
  ];
  const ofNotice = statements.filter(({ proposalId }) => proposalId === proposal?.id);
  return {
    proposal,
    notice: noticeOf(proposal),
    windowEndsOn: proposal ? await windowOf(ctx, proposal.id) : null,
    isWaived: ofNotice.some(({ kind }) => kind === 'waiver'),
    isHeard: proposal ? await isHeard(db, proposal.id) : false,
    unchecked: statements.filter(({ kind, adopted }) => kind === 'statement' && adopted === null).length,
    lostReports: await lostReports(db, proposal?.reportIds ?? []),
    legalGrounds: row.legalGrounds,
    isDiscussed: discussions.some((one) => one.about === 'penalty' && one.proposalId === proposal?.id),
    isCityLevel: row.areaCode.endsWith('00'),
    transfer: await openTransfer(db, row.id),
    violations: violations.map(({ id, version }) => ({ id, version })),
    isWaiting: await isDecisionWaiting(db, row.id),
    today: dayOf(ctx.now),
  };
}

/** What a request for a hearing depends on: whether the notice offered one, was served, and was given up. */
export async function requestFacts(ctx: Reader, caseId: string) {
  const proposal = await standingProposal(ctx.db, caseId);
  const statements = await statementsOf(ctx.db, caseId);
  return {
    proposalId: proposal?.id ?? null,
    grounds: proposal?.hearingGrounds ?? [],
    servedOn: proposal?.servedOn ?? null,
    windowEndsOn: proposal ? await windowOf(ctx, proposal.id) : null,
    isWaived: statements.some((one) => one.kind === 'waiver' && one.proposalId === proposal?.id),
  };
}
