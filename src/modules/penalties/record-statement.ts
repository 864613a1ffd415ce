import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { type CaseRow, lockForAct, moveCase } from '../cases/index.ts';
import { cancelClock } from '../deadlines/index.ts';
import { requireLapsed, requireServed } from './decide-rules.ts';
import { trackedCase } from './assessment.ts';
import type { DefendInput, RecheckInput, WaiveInput } from './proposal-schemas.ts';
import { penaltyTrack } from './queries.ts';
import { decideFacts, noticeOf, windowOf } from './track-queries.ts';
import { type ProposalRow, standingProposal, type StatementRow } from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

/** What the party says against the notice (#38), in time or late; it is re-checked before anything is decided. 409 K5. */
export async function defendPenalty(ctx: Ctx, caseId: string, body: DefendInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'defend');
    const id = await keep(tx, row, { kind: 'statement', body });
    await moveCase(tx, row, 'defend', { as: 'penalty.defend', detail: { statementId: id } });
    return penaltyTrack(tx, caseId);
  });
}

/** The party says in so many words that it does without statement and hearing: nobody waits any longer (APL 62). */
export async function waiveDefence(ctx: Ctx, caseId: string, body: WaiveInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'waive');
    const id = await keep(tx, row, { kind: 'waiver', body });
    await endWindow(tx, caseId, 'penalty.waive');
    await moveCase(tx, row, 'waive', { as: 'penalty.waive', detail: { statementId: id } });
    return penaltyTrack(tx, caseId);
  });
}

/** The five days passed and nobody said anything: the right is taken as given up (CXGD 57(2)). 409 K5. */
export async function lapseDefence(ctx: Ctx, caseId: string): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'lapse');
    const facts = await decideFacts(tx, await trackedCase(tx, caseId));
    requireLapsed(facts);
    await endWindow(tx, caseId, 'penalty.lapse');
    const detail = { proposalId: facts.notice!.id, windowEndsOn: facts.windowEndsOn };
    await moveCase(tx, row, 'lapse', { as: 'penalty.lapse', detail });
    return penaltyTrack(tx, caseId);
  });
}

async function served(tx: TxCtx, caseId: string): Promise<ProposalRow & { servedOn: string }> {
  const proposal = await standingProposal(tx.db, caseId);
  requireServed(noticeOf(proposal), dayOf(tx.now));
  return proposal as ProposalRow & { servedOn: string };
}

type Said = { kind: StatementRow['kind']; body: WaiveInput & { place?: string | undefined } };

async function keep(tx: TxCtx, row: CaseRow, { kind, body }: Said): Promise<string> {
  const proposal = await served(tx, row.id);
  pastDay(body.receivedOn, tx.now, 'receivedOn');
  if (body.receivedOn < proposal.servedOn)
    throw unprocessable('penalty.before_notice', { day: proposal.servedOn }, [
      { field: 'receivedOn', code: 'penalty.before_notice', params: { day: proposal.servedOn } },
    ]);
  const windowEndsOn = await windowOf(tx, proposal.id);
  const id = tx.newId();
  await tx.db
    .insertInto('partyStatements')
    .values({
      ...body,
      id,
      bureauId: row.bureauId,
      caseId: row.id,
      proposalId: proposal.id,
      kind,
      isLate: windowEndsOn !== null && body.receivedOn > windowEndsOn,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  return id;
}

/** The party's time is over or given up: its limit no longer runs. */
export async function endWindow(tx: TxCtx, caseId: string, reason: string): Promise<void> {
  const proposal = await standingProposal(tx.db, caseId);
  if (!proposal) return;
  await cancelClock(tx, { rule: 'P06', subject: { kind: 'penalty_proposal', id: proposal.id }, reason });
}

/** The handlers re-check what the party said, and say what of it they follow (CXGD 58). 404; 409. */
export async function recheckStatement(
  ctx: Ctx,
  { id, statementId }: { id: string; statementId: string },
  body: RecheckInput,
): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'recheck');
    const statement = await tx.db
      .selectFrom('partyStatements')
      .select(['id', 'adopted', 'recheck'])
      .where('id', '=', statementId)
      .where('caseId', '=', id)
      .where('kind', '=', 'statement')
      .executeTakeFirst();
    if (!statement) throw notFound();
    const { adopted, recheck } = body;
    await tx.db
      .updateTable('partyStatements')
      .set({ adopted, recheck, recheckedBy: tx.actor.id, recheckedOn: dayOf(tx.now) })
      .where('id', '=', statementId)
      .execute();
    // A second look replaces the first, which the trail keeps.
    const before =
      statement.adopted === null ? null : { adopted: statement.adopted, recheck: statement.recheck };
    await audit(tx, {
      action: 'penalty.recheck',
      subject: { kind: 'case', id: row.id },
      detail: { statementId, adopted, before },
    });
    return penaltyTrack(tx, id);
  });
}
