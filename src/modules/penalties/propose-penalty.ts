import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { askHead, barred, type CaseRow, lockCase, lockForAct, moveCase } from '../cases/index.ts';
import { clueOnlyNote, laboratoryReportsOf } from '../sources/index.ts';
import { hearingOf } from './assessment-view.ts';
import { type Assessment, assessment, trackedCase, type TrackedCase } from './assessment.ts';
import {
  checkFines,
  checkOther,
  checkPenalty,
  checkRenewal,
  type FinedAct,
  hearingGrounds,
  isHeavier,
} from './proposal-rules.ts';
import type { OtherInput, PenaltyInput, ProposeInput } from './proposal-schemas.ts';
import { penaltyTrack } from './queries.ts';
import { isPerson, limitationOf } from './rules.ts';
import { finesIn, othersIn, type ProposalRow, proposalsOf, updateProposal } from './track-store.ts';
import { isTransferDelivered } from './track-queries.ts';
import { checkReports } from './report-rules.ts';
import type { PenaltyView } from './view-schemas.ts';

/**
 * Puts the decision before the head (CXGD 56): a penalty, whose notice he approves, or another outcome, which he decides.
 * After a notice it renews it: with what has changed, and heavier only for changed facts or another basis (K6). 409
 * `penalty.proposal_waiting`; 422 `penalty.fines_wrong`, K11, K26, K29 …
 */
export async function proposePenalty(ctx: Ctx, caseId: string, body: ProposeInput): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const { state } = await lockCase(tx, caseId);
    const row = await lockForAct(tx, caseId, actionOf(state));
    const earlier = await proposalsOf(tx.db, caseId);
    if (earlier.some((one) => one.state === 'proposed')) throw barred('K5', 'penalty.proposal_waiting');
    const settled = await settle(tx, row, body);
    const standing = earlier.find((one) => one.state === 'approved');
    if (standing)
      checkRenewal(body, body.kind === 'penalty' && isHeavier(weightOf(settled), weightOfRow(standing)));
    const id = await insertProposal(tx, row, body, { ...settled, no: earlier.length + 1 });
    const approvalId = await askHead(tx, row, {
      matter: body.kind === 'penalty' ? 'penalty.approve_notice' : 'penalty.approve_other',
      grounds:
        [body.facts, `依据：${body.basis}`, `裁量：${body.reasons}`].join('\n') +
        (await clueOnlyNote(tx, row.sourceId)),
      detail: { proposalId: id },
    });
    await updateProposal(tx, id, { approvalId });
    const detail = { proposalId: id, approvalId, kind: body.kind, fineFen: settled.fineFen };
    await audit(tx, { action: 'penalty.propose', subject: { kind: 'case', id: caseId }, detail });
    return penaltyTrack(tx, caseId);
  });
}

const actionOf = (state: CaseRow['state']) =>
  state === 'proposed_decision' ? 'propose_penalty' : 'renotify';

type Settled = {
  fines: ReturnType<typeof finesIn>;
  fineFen: number;
  foodFineFen: number;
  hearingGrounds: string[];
  reportIds: string[];
  snapshot: { id: string; version: number }[];
  body: ProposeInput;
};

const weightOf = ({ fineFen, body }: Settled) =>
  body.kind === 'penalty'
    ? {
        fineFen,
        gainsFen: body.gainsFen,
        goodsFen: body.goodsFen,
        kinds: body.others.map(({ kind }) => kind),
      }
    : { fineFen: 0, gainsFen: 0, goodsFen: 0, kinds: [] };

const weightOfRow = (row: ProposalRow) => ({ ...row, kinds: othersIn(row).map(({ kind }) => kind) });

async function settle(tx: TxCtx, { id: caseId, sourceId }: CaseRow, body: ProposeInput): Promise<Settled> {
  const track = await trackedCase(tx, caseId);
  const found = await assessment(tx, track);
  const snapshot = found.assessed.map(({ row }) => ({ id: row.id, version: row.version }));
  const none = { fines: [], fineFen: 0, foodFineFen: 0, hearingGrounds: [], reportIds: [], snapshot, body };
  if (body.kind !== 'penalty') {
    checkOther(body satisfies OtherInput, { isTransferred: await isTransferDelivered(tx.db, caseId) });
    return none;
  }
  const acts = finedActs(found);
  checkFines(body.fines, acts);
  checkPenalty(body, {
    forfeitFen: found.gains?.state === 'standing' ? found.gains.forfeitFen : null,
    isGainsWaiting: found.gains?.state === 'waiting',
    needsListingConsent: !track.areaCode.endsWith('0000'),
  });
  const reportIds = checkReports(await laboratoryReportsOf(tx, sourceId), body.reportIds);
  return { ...none, reportIds, ...sumsOf(body, acts, track) };
}

/** The acts of an assessment as proposed fines are held against them. */
export const finedActs = ({ acts, assessed, facts }: Assessment): FinedAct[] =>
  acts.map((act) => {
    const chosen = assessed.find(({ row }) => row.id === act.chosenId)!;
    const { row, fine, laws } = chosen;
    const version = (laws.applied === 'act' ? laws.atAct : laws.atDecision)?.version;
    return {
      actNo: act.actNo,
      ids: act.ids,
      range: act.range,
      band: act.band,
      tier: row.discretion,
      isOutright: version?.basis === 'value' || version?.basis === 'flat',
      isFood: fine.law === 'FSL' || fine.law === 'FSLR',
      isTooOld: limitationOf(row.actTo, row.harmedLife, facts.foundOn).isOver,
    };
  });

function sumsOf(body: PenaltyInput, acts: readonly FinedAct[], track: TrackedCase) {
  const actOf = (id: string): FinedAct => acts.find(({ ids }) => ids.includes(id))!;
  const fines = body.fines.map((line) => ({ ...line, actNo: actOf(line.violationId).actNo }));
  const ofFood = fines.filter(({ violationId }) => actOf(violationId).isFood);
  const sum = (lines: readonly { fineFen: number }[]): number =>
    lines.reduce((total, line) => total + line.fineFen, 0);
  const fineFen = sum(fines);
  const hearing = hearingOf(track.settings);
  return {
    fines,
    fineFen,
    foodFineFen: sum(ofFood),
    hearingGrounds: hearingGrounds({
      fineFen,
      gainsFen: body.gainsFen,
      goodsFen: body.goodsFen,
      kinds: body.others.map(({ kind }) => kind),
      limitFen: isPerson(track.partyKind ?? 'company') ? hearing.personFen : hearing.entityFen,
    }),
  };
}

async function insertProposal(
  tx: TxCtx,
  row: CaseRow,
  body: ProposeInput,
  { no, fines, fineFen, foodFineFen, hearingGrounds: grounds, reportIds, snapshot }: Settled & { no: number },
): Promise<string> {
  const id = tx.newId();
  const {
    fines: _fines,
    others,
    ...kept
  } = body.kind === 'penalty' ? body : { ...body, fines: [], others: [] };
  await tx.db
    .insertInto('penaltyProposals')
    .values({
      ...kept,
      id,
      bureauId: row.bureauId,
      caseId: row.id,
      no,
      state: 'proposed',
      fines: JSON.stringify(fines),
      fineFen,
      foodFineFen,
      others: JSON.stringify(others),
      hearingGrounds: grounds,
      reportIds,
      snapshot: JSON.stringify(snapshot),
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  return id;
}

/** Before a notice went out the file can be taken up again: the reviewers' word is then asked anew. */
export async function takeUpAgain(
  ctx: Ctx,
  caseId: string,
  { reason }: { reason: string },
): Promise<PenaltyView> {
  return inTx(ctx, async (tx) => {
    const row = await lockForAct(tx, caseId, 'take_up_again');
    const earlier = await proposalsOf(tx.db, caseId);
    if (earlier.some((one) => one.state === 'proposed')) throw barred('K5', 'penalty.proposal_waiting');
    await moveCase(tx, row, 'take_up_again', { as: 'penalty.take_up_again', detail: { reason } });
    return penaltyTrack(tx, caseId);
  });
}
