import type { Ctx, TxCtx } from '../../context.ts';
import { moneyView } from '../../shared/money.ts';
import { clocksOf } from '../deadlines/index.ts';
import { servicesOf } from '../services/index.ts';
import type { DecisionView, DiscussionView, ProposalView } from './proposal-schemas.ts';
import { isCitys } from './track-queries.ts';
import {
  type DecisionRow,
  decisionsOf,
  type DiscussionRow,
  discussionsOf,
  finesIn,
  othersIn,
  type ProposalRow,
  proposalsOf,
  statementsOf,
  submissionsOf,
} from './track-store.ts';
import type { PenaltyView } from './view-schemas.ts';

type Services = Awaited<ReturnType<typeof servicesOf>>;

const yuan = (fen: number) => moneyView(String(fen));

/** What proposals and decisions both say of the punishment. */
const moneyOf = (row: ProposalRow | DecisionRow) => ({
  fines: finesIn(row).map(({ violationId, actNo, fineFen, reason }) => ({
    violationId,
    actNo,
    fine: yuan(fineFen),
    reason: reason ?? null,
  })),
  fine: yuan(row.fineFen),
  gains: yuan(row.gainsFen),
  goods: yuan(row.goodsFen),
  goodsText: row.goodsText,
  others: othersIn(row),
  orderToCorrect: row.orderToCorrect,
  education: row.education,
  otherAgency: row.otherAgency,
  isListed: row.isListed,
});

type Beside = { services: Services; windows: ReadonlyMap<string, string | null>; areaCode: string };

const proposalView = (row: ProposalRow, { services, windows, areaCode }: Beside): ProposalView => ({
  id: row.id,
  no: row.no,
  state: row.state,
  kind: row.kind,
  facts: row.facts,
  evidence: row.evidence,
  basis: row.basis,
  reasons: row.reasons,
  ...moneyOf(row),
  reportIds: row.reportIds,
  hearingGrounds: row.hearingGrounds,
  needsCity: isCitys(row, areaCode),
  changed: row.changed,
  changeReason: row.changeReason,
  approvalId: row.approvalId,
  approvedOn: row.approvedOn,
  noticeNumber: row.noticeNumber,
  servedOn: row.servedOn,
  windowEndsOn: windows.get(row.id) ?? null,
  services: services.get(row.id) ?? [],
});

const decisionView = (row: DecisionRow, services: Services): DecisionView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  decidedBy: row.decidedBy,
  decider: row.decider,
  decidedOn: row.decidedOn,
  number: row.number,
  ...moneyOf(row),
  treatment: row.treatment,
  performance: row.performance,
  servedOn: row.servedOn,
  toldOfPublicity: row.toldOfPublicity,
  payBy: row.payBy,
  services: services.get(row.id) ?? [],
});

const discussionView = ({ attendees, ...row }: DiscussionRow): DiscussionView => ({
  ...row,
  attendees: attendees as DiscussionView['attendees'],
});

export type Track = Pick<
  PenaltyView,
  'proposals' | 'statements' | 'discussions' | 'submissions' | 'decisions'
>;

/** What has come of a case so far: proposals with their notices, statements, discussions, the decision. */
export async function trackView(
  ctx: Ctx | TxCtx,
  { id, areaCode }: { id: string; areaCode: string },
): Promise<Track> {
  const { db } = ctx;
  const [proposals, decisions] = [await proposalsOf(db, id), await decisionsOf(db, id)];
  const services = await servicesOf(
    db,
    [...proposals, ...decisions].map((row) => row.id),
  );
  const clocks = await clocksOf(
    db,
    proposals.map((row) => ({ kind: 'penalty_proposal', id: row.id })),
    ctx.now,
  );
  const windows = new Map(clocks.map(({ subject, rolledOn }) => [subject.id, rolledOn]));
  return {
    proposals: proposals.map((row) => proposalView(row, { services, windows, areaCode })),
    statements: await statementsOf(db, id),
    discussions: (await discussionsOf(db, id)).map(discussionView),
    submissions: await submissionsOf(db, id),
    decisions: decisions.map((row) => decisionView(row, services)),
  };
}
