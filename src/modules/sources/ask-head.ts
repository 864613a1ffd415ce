import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import intake from '../../data/intake.json' with { type: 'json' };
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { clocksOf } from '../deadlines/index.ts';
import { getSource } from './queries.ts';
import { nextState, pendingOf } from './rules.ts';
import type { DeclineInput, ExtendInput, SourceView } from './schemas.ts';
import { lockForAct, pendingApprovals, type SourceRecord, updateSource } from './store.ts';

/** Asks the head for fifteen working days more (CXGD 18). 409 `source.decision_pending`, `source.already_extended`. */
export async function extendSource(ctx: Ctx, id: string, { grounds }: ExtendInput): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    await checkAct(tx, source, 'extend');
    await ask(tx, source, { matter: 'source.extend', title: `延长核查期限：${source.number}`, grounds });
    await updateSource(tx.db, source, {});
    return getSource(tx, id);
  });
}

/** Asks the head not to file (CXGD 18, 20). 409 `source.decision_pending`; 422 `source.not_verified`. */
export async function declineSource(
  ctx: Ctx,
  id: string,
  { ground, reasons }: DeclineInput,
): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    await checkAct(tx, source, 'decline');
    const grounds = `${groundText(ground)}\n${reasons}`;
    await ask(tx, source, { matter: 'source.decline', title: `不予立案：${source.number}`, grounds });
    await updateSource(tx.db, source, { declineGround: ground });
    return getSource(tx, id);
  });
}

async function checkAct(tx: TxCtx, source: SourceRecord, act: 'extend' | 'decline'): Promise<void> {
  const approvals = await pendingApprovals(tx.db, source.id);
  const clocks = await clocksOf(tx.db, [{ kind: 'source', id: source.id }], tx.now);
  nextState(source, act, pendingOf(approvals, clocks));
}

type Question = { matter: 'source.extend' | 'source.decline'; title: string; grounds: string };

async function ask(tx: TxCtx, source: SourceRecord, question: Question): Promise<void> {
  const subject = { kind: 'source', id: source.id };
  // Nobody decides on what he proposed: those who verified are as much its authors as who wrote it up.
  const proposedBy = [...new Set([tx.actor.id, ...source.verifierIds])];
  const { id: approvalId } = await proposeApproval(tx, { ...question, subject, proposedBy, decides: 'head' });
  await audit(tx, { action: question.matter, subject, detail: { approvalId } });
}

function groundText(key: DeclineInput['ground']): string {
  const { article, grounds } = intake.declineGrounds;
  return `${grounds.find((ground) => ground.key === key)?.zh}（${article}）。`;
}
