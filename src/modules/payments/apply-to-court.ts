import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { next } from '../../shared/workflow.ts';
import { type CaseRow, enterClosing, moveCase } from '../cases/index.ts';
import { meetClock, startClock } from '../deadlines/index.ts';
import { type Account, accountOf, clocksOfAccount, courtFacts } from './account.ts';
import { endAccount } from './finish-payment.ts';
import { paymentsOf } from './queries.ts';
import { COURT_FLOW, requireAtCourt, requireCourtReady, requireNothingOpen } from './rules.ts';
import type { ApplyToCourtInput, CourtAnswerInput, PaymentsView } from './schemas.ts';
import { type CourtRow, lineOf, lockPerforming } from './store.ts';

/** Asks the court to enforce the decision (#49), with the surcharge of that day. 409 `court.…`, each saying what is missing. */
export async function applyToCourt(ctx: Ctx, caseId: string, body: ApplyToCourtInput): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'apply_to_court');
    const account = await accountOf(tx, decision);
    requireCourtReady(courtFacts(account, await clocksOfAccount(tx, account)));
    const line = {
      ...body,
      ...lineOf(tx, decision),
      demandId: account.demands.at(-1)!.id,
      state: 'applied' as const,
      appliedOn: account.today,
      surchargeFen: account.sums.surcharge.open,
    };
    await tx.db.insertInto('courtApplications').values(line).execute();
    await meetClock(tx, { rule: 'F04', subject: { kind: 'decision', id: decision.id } });
    const detail = { applicationId: line.id, court: body.court, surchargeFen: line.surchargeFen };
    await moveCase(tx, row, 'apply_to_court', { as: 'court.apply', detail });
    return paymentsOf(tx, caseId);
  });
}

/**
 * What the court said: taken up; refused (fifteen days to object, V04); enforced, or enforcement ended, either of which
 * closes the file (CXGD 77(1)(2)). 409 `court.none`, `payment.still_open`; 422.
 */
export async function recordCourtAnswer(
  ctx: Ctx,
  caseId: string,
  body: CourtAnswerInput,
): Promise<PaymentsView> {
  return inTx(ctx, async (tx) => {
    const { row, decision } = await lockPerforming(tx, caseId, 'apply_to_court');
    const account = await accountOf(tx, decision);
    const open = requireAtCourt(account.applications);
    const state = next(COURT_FLOW, open.state, body.outcome);
    checkAnswerDay(body, open, tx);
    const { answeredOn, ruling } = body;
    await tx.db
      .updateTable('courtApplications')
      .set({ state, answeredOn, ruling })
      .where('id', '=', open.id)
      .execute();
    await followAnswer(tx, row, { account, body, applicationId: open.id });
    return paymentsOf(tx, caseId);
  });
}

function checkAnswerDay({ answeredOn }: CourtAnswerInput, { appliedOn }: CourtRow, { now }: TxCtx): void {
  pastDay(answeredOn, now, 'answeredOn');
  if (answeredOn >= appliedOn) return;
  const code = 'court.answered_early';
  throw unprocessable(code, { day: appliedOn }, [{ field: 'answeredOn', code, params: { day: appliedOn } }]);
}

type Answered = { account: Account; body: CourtAnswerInput; applicationId: string };

async function followAnswer(
  tx: TxCtx,
  row: CaseRow,
  { account, body, applicationId }: Answered,
): Promise<void> {
  const { outcome, answeredOn: on } = body;
  const trace = { as: 'court.answer', detail: { applicationId, outcome, answeredOn: on } };
  if (outcome === 'refused') {
    const subject = { kind: 'court_application', id: applicationId };
    await startClock(tx, { rule: 'V04', subject, trigger: 'court.answer', on });
  }
  if (outcome === 'accepted' || outcome === 'refused') {
    await moveCase(tx, row, 'apply_to_court', trace);
    return;
  }
  if (outcome === 'enforced') requireNothingOpen(account.sums);
  await endAccount(tx, account);
  const ground = outcome === 'enforced' ? 'performed' : 'court_ended';
  await enterClosing(tx, row, 'enforce', { ground, on, ...trace });
}
