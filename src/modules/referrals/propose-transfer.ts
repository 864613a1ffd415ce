import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { pastInstant } from '../../shared/time-order.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { lockOpenCase, proposers } from '../cases/index.ts';
import { startClock } from '../deadlines/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { clueOnlyNote } from '../sources/index.ts';
import { findOpenTransfer, transferView } from './transfer-queries.ts';
import type { ProposeTransferInput, TransferView } from './schemas.ts';

/**
 * The task group's written report on a suspected crime reaches the principal head (Order 310 art. 5): T01, three days,
 * begins on the day it was received, and only the principal head decides, in person (K25). At least two certified
 * officers; one open transfer a case: 409 `transfer.already_open`.
 */
export async function proposeTransfer(ctx: Ctx, body: ProposeTransferInput): Promise<TransferView> {
  return inTx(ctx, async (tx) => {
    const filed = await lockOpenCase(tx, body.caseId);
    const open = await findOpenTransfer(tx.db, filed.id);
    if (open) throw conflict('transfer.already_open', { state: open.state });
    const reportReceivedAt = pastInstant(body.reportReceivedAt, tx.now, 'reportReceivedAt');
    const group = await certifiedOfficers(tx, body.groupIds, dayOf(reportReceivedAt));
    const groupIds = group.map((officer) => officer.id);
    const id = await insertTransfer(tx, body, { reportReceivedAt, groupIds });
    const subject = { kind: 'transfer', id };
    const approval = await proposeApproval(tx, {
      matter: 'transfer.approve',
      subject,
      title: filed.title,
      grounds: `涉嫌${body.suspectedCrime}。\n${body.facts}\n拟移送${body.recipient}，抄送${body.procuratorate}。${await clueOnlyNote(tx, filed.sourceId)}`,
      proposedBy: proposers(tx, groupIds),
      decides: 'principal_head',
    });
    await startClock(tx, { rule: 'T01', subject, trigger: 'transfer.propose', on: dayOf(reportReceivedAt) });
    const row = await tx.db
      .updateTable('transfers')
      .set({ approvalId: approval.id })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = {
      caseId: filed.id,
      groupIds,
      suspectedCrime: body.suspectedCrime,
      approvalId: approval.id,
    };
    await audit(tx, { action: 'transfer.propose', subject, detail });
    return transferView(tx, row);
  });
}

type Settled = { reportReceivedAt: Date; groupIds: string[] };

async function insertTransfer(tx: TxCtx, body: ProposeTransferInput, settled: Settled): Promise<string> {
  const { caseId, suspectedCrime, facts, recipient, procuratorate } = body;
  const id = tx.newId();
  await tx.db
    .insertInto('transfers')
    .values({
      id,
      bureauId: ownBureau(tx.actor),
      caseId,
      suspectedCrime,
      facts,
      recipient,
      procuratorate,
      ...settled,
      state: 'proposed',
      assignedUnitId: tx.actor.unitId,
      assignedUserIds: settled.groupIds,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  return id;
}
