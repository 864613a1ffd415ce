import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { enterClosing, lockForAct, moveCase } from '../cases/index.ts';
import { meetClock, startClock } from '../deadlines/index.ts';
import { recordService } from '../services/index.ts';
import type { ServeDecisionInput } from './proposal-schemas.ts';
import { partyNameOf } from './assessment.ts';
import { penaltyTrack } from './queries.ts';
import {
  isPublished,
  requireDecisionServed,
  requirePublicityTold,
  requireUnserved,
} from './decision-rules.ts';
import { type DecisionRow, othersIn, standingDecision, updateDecision } from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

const TITLES: Record<DecisionRow['kind'], string> = {
  penalty: '行政处罚决定书',
  no_penalty: '不予行政处罚决定书',
  not_made_out: '不予行政处罚决定书',
  other_agency: '案件移送函',
  judicial_organ: '涉嫌犯罪案件移送书',
  other: '行政处理决定书',
};

/**
 * Serves the decision (#45, #46): of a penalty, the fifteen days to pay begin (F01), and the limits of reconsideration
 * and suit; that it will be published is told in writing (K12). 409 `decision.served`; 422 K12, `service.…`.
 */
export async function serveDecision(
  ctx: Ctx,
  caseId: string,
  body: ServeDecisionInput,
): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const { toldOfPublicity, ...service } = body;
    const row = await lockForAct(tx, caseId, 'serve');
    const decision = (await standingDecision(tx.db, caseId))!;
    requireUnserved(decision);
    requirePublicityTold({ toldOfPublicity, isPublished: isPublished(weightOf(decision)) });
    const done = await recordService(
      tx,
      {
        subject: { kind: 'decision', id: decision.id },
        paperTitle: TITLES[decision.kind],
        recipient: await partyNameOf(tx, row),
        madeOn: decision.decidedOn,
      },
      service,
    );
    const detail = { decisionId: decision.id, serviceId: done.id, way: service.way, servedOn: done.servedOn };
    const subject = { kind: 'case', id: caseId };
    if (done.servedOn === null) {
      await audit(tx, { action: 'penalty.serve_attempt', subject, detail });
      return penaltyTrack(tx, caseId);
    }
    await followService(tx, decision, {
      servedOn: done.servedOn,
      number: service.paperNumber ?? decision.number,
      toldOfPublicity,
    });
    if (decision.kind === 'penalty') await moveCase(tx, row, 'serve', { as: 'penalty.serve', detail });
    else await audit(tx, { action: 'penalty.serve', subject, detail });
    return penaltyTrack(tx, caseId);
  });
}

const weightOf = (row: DecisionRow) => ({ ...row, kinds: othersIn(row).map(({ kind }) => kind) });

type Followed = { servedOn: Day; number: string | null; toldOfPublicity: boolean };

const lastDay = (clock: { rolledOn: Day | null; rawOn: Day | null } | null): Day | null =>
  clock?.rolledOn ?? clock?.rawOn ?? null;

/** What the day of service sets going. A public notice was put up in time, whenever it is deemed served. */
async function followService(tx: TxCtx, decision: DecisionRow, followed: Followed): Promise<void> {
  const subject = { kind: 'decision', id: decision.id };
  await meetClock(tx, { rule: 'P13', subject });
  const start = (rule: string, on: Day, trigger = 'penalty.serve') =>
    startClock(tx, { rule, subject, trigger, on });
  await start('F05', followed.servedOn);
  const suitEnds = lastDay(await start('F06', followed.servedOn));
  const isMoney = decision.kind === 'penalty' && decision.fineFen + decision.gainsFen > 0;
  const payBy = isMoney ? lastDay(await start('F01', followed.servedOn)) : null;
  // Who neither asks nor sues may be brought before the court for three months after that (CXGD 76).
  if (isMoney && suitEnds !== null) await start('F04', suitEnds, 'remedies.over');
  await updateDecision(tx, decision, { ...followed, payBy });
}

/** A decision that is no penalty is carried out by being served or handed over: the file goes to its closing. 409. */
export async function finishCase(ctx: Ctx, caseId: string): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'finish');
    const decision = (await standingDecision(tx.db, caseId))!;
    const ground = requireDecisionServed(decision);
    await enterClosing(tx, row, 'finish', {
      ground,
      on: dayOf(tx.now),
      as: 'penalty.finish',
      detail: { decisionId: decision.id },
    });
    return penaltyTrack(tx, caseId);
  });
}
