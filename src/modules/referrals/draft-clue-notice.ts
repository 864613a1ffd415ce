import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { proposers } from '../cases/index.ts';
import { requireLive } from '../records/index.ts';
import { clueOnlyNote } from '../sources/index.ts';
import { approvalOf, clueNoticeView } from './queries.ts';
import { CLUE_NOTICE_FLOW, requireNotSubmitted } from './rules.ts';
import type { ClueNoticeView, DraftClueNoticeInput } from './schemas.ts';
import { type ClueNoticeRow, lockClueNotice, updateClueNotice } from './store.ts';

/** Drafts a notice of a clue to the police and asks the head to approve it. Who reported is no part of it. */
export async function draftClueNotice(ctx: Ctx, body: DraftClueNoticeInput): Promise<ClueNoticeView> {
  return inTx(ctx, async (tx) => {
    const source = await sourceOf(tx, body.sourceId);
    if (body.caseId) await requireCaseOfSource(tx, body.caseId, source.id);
    const { recipient, content } = body;
    const row = await tx.db
      .insertInto('clueNotices')
      .values({
        id: tx.newId(),
        bureauId: ownBureau(tx.actor),
        sourceId: source.id,
        caseId: body.caseId ?? null,
        recipient,
        content,
        state: 'drafted',
        assignedUnitId: tx.actor.unitId,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const approvalId = await askHead(tx, row);
    const updated = await tx.db
      .updateTable('clueNotices')
      .set({ approvalId })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const detail = { sourceId: source.id, caseId: row.caseId, recipient, approvalId };
    await audit(tx, { action: 'clue_notice.draft', subject: { kind: 'clue_notice', id: row.id }, detail });
    return clueNoticeView(tx, updated);
  });
}

/** Asks the head again, after a refusal, a withdrawal or a change. 409 `clue_notice.already_submitted`. */
export async function submitClueNotice(ctx: Ctx, id: string): Promise<ClueNoticeView> {
  return inTx(ctx, async (tx) => {
    const row = await lockClueNotice(tx, id);
    checkVersion(tx, row);
    next(CLUE_NOTICE_FLOW, row.state, 'submit');
    requireNotSubmitted(await approvalOf(tx.db, row.approvalId));
    const approvalId = await askHead(tx, row);
    const updated = await updateClueNotice(tx, row, { approvalId });
    await audit(tx, {
      action: 'clue_notice.submit',
      subject: { kind: 'clue_notice', id },
      detail: { approvalId },
    });
    return clueNoticeView(tx, updated);
  });
}

async function askHead(tx: TxCtx, row: ClueNoticeRow): Promise<string> {
  const source = await sourceOf(tx, row.sourceId);
  const approval = await proposeApproval(tx, {
    matter: 'clue_notice.send',
    subject: { kind: 'clue_notice', id: row.id },
    title: `${source.partyName}涉嫌违法线索（${source.number}）`,
    grounds: `拟向${row.recipient}通报：\n${row.content}${await clueOnlyNote(tx, row.sourceId)}`,
    proposedBy: proposers(tx, source.verifierIds),
    decides: 'head',
  });
  return approval.id;
}

async function sourceOf(tx: TxCtx, id: string) {
  const row = await tx.db
    .selectFrom('sources')
    .select(['id', 'number', 'partyName', 'verifierIds', 'voidedAt'])
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
  return row;
}

/** 404 unless the case was opened on that source. */
async function requireCaseOfSource(tx: TxCtx, id: string, sourceId: string): Promise<void> {
  const row = await tx.db
    .selectFrom('cases')
    .select(['id', 'voidedAt'])
    .where('id', '=', id)
    .where('sourceId', '=', sourceId)
    .where('bureauId', '=', tx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  requireLive(row);
}
