import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { startClock } from '../deadlines/index.ts';
import { caseView } from './queries.ts';
import { lockForAct, moveCase } from './move-case.ts';
import { investigationFacts } from './procedure-queries.ts';
import type { ConcludeInput } from './procedure-schemas.ts';
import { requireConcludable, requireNothingWaiting } from './rules.ts';
import type { CaseView } from './schemas.ts';
import type { CaseRow } from './store.ts';

/**
 * Ends the investigation with its report (#35) and hands the file to review: the legal one where CXGD 50 asks for it,
 * the case review otherwise (K4); ten working days (P05). 409 `case.no_violation`, `case.results_not_told` (K16).
 */
export async function concludeCase(ctx: Ctx, id: string, body: ConcludeInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'conclude');
    const facts = await investigationFacts(tx.db, id);
    requireNothingWaiting(facts.isWaiting);
    requireConcludable(facts, body.suggested);
    const { legalGrounds, ...report } = body;
    const roundNo = facts.reports + 1;
    await tx.db
      .insertInto('investigationReports')
      .values({
        ...report,
        id: tx.newId(),
        bureauId: row.bureauId,
        caseId: id,
        roundNo,
        reportedOn: dayOf(tx.now),
        createdBy: tx.actor.id,
        createdAt: tx.now,
      })
      .execute();
    const grounds = [...new Set([...row.legalGrounds, ...legalGrounds])];
    await handIn(tx, row, { stage: 'report', kind: grounds.length > 0 ? 'legal' : 'case' });
    const detail = { roundNo, suggested: body.suggested, legalGrounds: grounds };
    const change = { legalGrounds: grounds };
    return caseView(tx, await moveCase(tx, row, 'conclude', { as: 'case.conclude', change, detail }));
  });
}

/** Hands the file to the reviewers: their ten working days begin (CXGD 55). */
export async function handIn(
  tx: TxCtx,
  row: CaseRow,
  { stage, kind }: { stage: 'report' | 'hearing'; kind: 'case' | 'legal' },
): Promise<void> {
  const receivedOn = dayOf(tx.now);
  await tx.db
    .insertInto('caseReviews')
    .values({
      id: tx.newId(),
      bureauId: row.bureauId,
      caseId: row.id,
      stage,
      kind,
      receivedOn,
      createdAt: tx.now,
    })
    .execute();
  const subject = { kind: 'case', id: row.id };
  await startClock(tx, { rule: 'P05', subject, trigger: 'case.hand_in', on: receivedOn });
}
