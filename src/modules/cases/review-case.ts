import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { meetClock } from '../deadlines/index.ts';
import { handIn } from './conclude-case.ts';
import { lockForAct, moveCase } from './move-case.ts';
import { peopleOf } from './people.ts';
import { openReview } from './procedure-queries.ts';
import type { LegalReviewInput, ReferToLegalInput, ReviewInput } from './procedure-schemas.ts';
import { caseView } from './queries.ts';
import { checkQualification, requireReviewer, reviewAction } from './review-rules.ts';
import { requireNoOpenReview } from './rules.ts';
import type { CaseView } from './schemas.ts';
import { type CaseRow, lockCase } from './store.ts';

type Given = ReviewInput & Partial<LegalReviewInput>;

/** 案件审核 (#36): agrees, or sends the file back to be corrected or supplemented (CXGD 54). 409 K4; 422 K3. */
export const reviewCase = (ctx: Ctx, id: string, body: ReviewInput): Promise<CaseView> =>
  review(ctx, id, 'case', body);

/** 法制审核: where CXGD 50 asks for it, before the decision or after a hearing (K4). 409; 422 K3, `case.qualification`. */
export const legalReviewCase = (ctx: Ctx, id: string, body: LegalReviewInput): Promise<CaseView> => {
  checkQualification(body);
  return review(ctx, id, 'legal', body);
};

function review(ctx: Ctx, id: string, kind: 'case' | 'legal', body: Given): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const { state } = await lockCase(tx, id);
    const action = reviewAction(state, kind, body.opinion);
    const row = await lockForAct(tx, id, action);
    const open = await openReview(tx.db, id);
    requireReviewer({ open, kind, person: tx.actor.id, people: await peopleOf(tx.db, id) });
    await tx.db
      .updateTable('caseReviews')
      .set({
        returnedOn: dayOf(tx.now),
        reviewerId: tx.actor.id,
        opinion: body.opinion,
        comment: body.comment,
        isFirstTime: body.isFirstTime ?? null,
        qualification: body.qualification ?? null,
      })
      .where('id', '=', open!.id)
      .execute();
    await meetClock(tx, { rule: 'P05', subject: { kind: 'case', id } });
    const as = kind === 'legal' ? 'case.legal_review' : 'case.review';
    const detail = { reviewId: open!.id, stage: open!.stage, opinion: body.opinion };
    return caseView(tx, await moveCase(tx, row, action, { as, detail }));
  });
}

/** A case reviewer finds that the law asks for a legal review: the file goes there instead (CXGD 50, 52). */
export async function referToLegal(ctx: Ctx, id: string, body: ReferToLegalInput): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'refer_to_legal');
    const open = await openReview(tx.db, id);
    requireReviewer({ open, kind: 'case', person: tx.actor.id, people: await peopleOf(tx.db, id) });
    await tx.db.updateTable('caseReviews').set({ kind: 'legal' }).where('id', '=', open!.id).execute();
    const legalGrounds = [...new Set([...row.legalGrounds, ...body.grounds])];
    const trace = { as: 'case.refer_to_legal', detail: { ...body } };
    return caseView(tx, await moveCase(tx, row, 'refer_to_legal', { ...trace, change: { legalGrounds } }));
  });
}

/** After a hearing and a file put right: it is handed to the legal reviewer again. 409 while one still has it. */
export async function resubmitReview(ctx: Ctx, id: string): Promise<CaseView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, id, 'resubmit');
    requireNoOpenReview(await openReview(tx.db, id));
    await handIn(tx, row, { stage: 'hearing', kind: 'legal' });
    return caseView(tx, await moveCase(tx, row, 'resubmit', { as: 'case.resubmit' }));
  });
}

/** After the hearing report: the legal review the law asks for (CXGD 50(2)). */
export async function handInAfterHearing(tx: TxCtx, row: CaseRow): Promise<void> {
  await handIn(tx, row, { stage: 'hearing', kind: 'legal' });
}
