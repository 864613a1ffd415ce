import type { TestApp } from '../app.ts';
import { decide, filedCase, must } from './cases.ts';

/** What a report of an investigation says (#35). */
export const REPORT = {
  course: '日常检查发现线索，核查后立案，对当事人进行了现场检查和询问。',
  facts: '当事人生产经营掺假掺杂的牛肉干，货值金额四万八千六百元。',
  evidence: '现场笔录、检验报告、销售记录。',
  nature: '生产经营掺假掺杂的食品。',
  discretion: '当事人配合调查，无从轻、减轻或者从重情形。',
  handling: '建议依据《食品安全法》第一百二十四条第一款给予行政处罚。',
  suggested: 'penalty',
};

/** A violation of FSL 34(6), punished by FSL 124(1). */
export const VIOLATION = {
  breached: '《食品安全法》第三十四条第六项',
  fineRule: 'FSL124',
  facts: '当事人以鸭肉冒充牛肉生产“牛肉干”并销售。',
  actFrom: '2024-01-05',
  actTo: '2024-01-31',
};

/** What was sold, by its evidence: 9,860 yuan, below the multiple. */
export const SALE = {
  what: '手撕风干牛肉干',
  soldFrom: '2024-01-05',
  soldTo: '2024-01-31',
  quantity: '197.2',
  unit: '袋',
  amountFen: 986_000,
  evidence: '网店后台销售记录',
};

type Id = { id: string };

/** The approval of `matter` that waits on a case. */
export async function waiting(app: TestApp, caseId: string, matter: string): Promise<string> {
  const row = await app.owner
    .selectFrom('approvals')
    .select('id')
    .where('subjectId', '=', caseId)
    .where('matter', '=', matter)
    .where('state', '=', 'proposed')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Decides what waits on a case. */
export const decideMatter = async (
  app: TestApp,
  caseId: string,
  matter: string,
  how: { as?: string; decision?: 'approved' | 'refused' } = {},
): Promise<void> => decide(app, await waiting(app, caseId, matter), how);

/** A filed case with a violation and a sale. */
export async function chargedCase(app: TestApp, sale: object = SALE): Promise<Id> {
  const { id } = await filedCase(app);
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/sales`, sale), 201);
  await must(officer.post(`/api/cases/${id}/violations`, VIOLATION), 201);
  return { id };
}

/** A case whose investigation has ended, with the reviewers. */
export async function concludedCase(
  app: TestApp,
  { report = {}, sale = SALE }: { report?: object; sale?: object } = {},
): Promise<Id> {
  const { id } = await chargedCase(app, sale);
  await must((await app.as('case_officer')).post(`/api/cases/${id}/conclude`, { ...REPORT, ...report }));
  return { id };
}

export const AGREE = { opinion: 'agree', comment: '事实清楚，证据充分，同意办案机构意见。' };

/** A case the reviewer agrees with: its decision is to be proposed. */
export async function reviewedCase(
  app: TestApp,
  options: { report?: object; sale?: object } = {},
): Promise<Id> {
  const { id } = await concludedCase(app, options);
  await must((await app.as('case_reviewer')).post(`/api/cases/${id}/review`, AGREE));
  return { id };
}

type Track = { violations: { id: string }[] };

/** What is proposed for a case: fined `fineFen` for its first violation. */
export async function proposalOf(app: TestApp, caseId: string, fineFen = 7_000_000): Promise<object> {
  const track = await must<Track>((await app.as('case_officer')).get(`/api/cases/${caseId}/penalty`));
  return {
    kind: 'penalty',
    facts: '当事人生产经营掺假掺杂的牛肉干。',
    evidence: '现场笔录、检验报告、销售记录。',
    basis: '《食品安全法》第三十四条第六项、第一百二十四条第一款第四项',
    reasons: '无从轻、减轻或者从重情形，在一般幅度内处罚。',
    fines: [{ violationId: track.violations[0]!.id, fineFen }],
    orderToCorrect: '立即停止生产经营掺假掺杂食品的违法行为。',
  };
}

/** A service on the spot, signed by the party. */
export const handed = (app: TestApp, servedOn: string, more: object = {}): object => ({
  way: 'direct',
  servedOn,
  place: '当事人住所',
  receiver: '当事人法定代表人',
  receiverRole: 'representative',
  serverIds: [app.filled.users.case_officer!.id],
  proof: '送达回证，当事人签收。',
  ...more,
});

/** A case whose notice the head has approved; not served yet. */
export async function notifiedCase(
  app: TestApp,
  options: { report?: object; sale?: object; fineFen?: number } = {},
): Promise<Id> {
  const { id } = await reviewedCase(app, options);
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/proposals`, await proposalOf(app, id, options.fineFen)), 201);
  await decideMatter(app, id, 'penalty.approve_notice');
  return { id };
}

export const WAIVER = { receivedOn: '2024-02-06', byWhom: '当事人', content: '放弃陈述、申辩和听证的权利。' };

/** A case whose party does without its rights: the decision may follow. */
export async function waivedCase(
  app: TestApp,
  options: { report?: object; sale?: object; fineFen?: number } = {},
): Promise<Id> {
  const { id } = await notifiedCase(app, options);
  app.setNow('2024-02-06T10:00:00+08:00');
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/notice/serve`, handed(app, '2024-02-06')));
  await must(officer.post(`/api/cases/${id}/waive`, WAIVER));
  return { id };
}

export const DECIDE = {
  treatment: '当事人放弃陈述、申辩。',
  performance: '自收到本决定书之日起十五日内缴至指定银行。',
  number: '新都市监处罚〔2024〕1号',
};

/** A case in which the penalty is decided; not served yet. */
export async function decidedCase(
  app: TestApp,
  options: { report?: object; sale?: object; fineFen?: number } = {},
): Promise<Id> {
  const { id } = await waivedCase(app, options);
  await must((await app.as('case_officer')).post(`/api/cases/${id}/decide`, DECIDE));
  await decideMatter(app, id, 'penalty.decide');
  return { id };
}

/** A case whose decision is in the party's hands on 2024-02-07: to be paid by 2024-02-22. */
export async function servedCase(
  app: TestApp,
  options: { report?: object; sale?: object; fineFen?: number } = {},
): Promise<Id> {
  const { id } = await decidedCase(app, options);
  app.setNow('2024-02-07T10:00:00+08:00');
  const body = handed(app, '2024-02-07', { toldOfPublicity: true });
  await must((await app.as('case_officer')).post(`/api/cases/${id}/decision/serve`, body));
  return { id };
}

/** As `waivedCase`, of a case the legal reviewer had to review. */
export async function waitedOn(app: TestApp, options: { report: object }): Promise<Id> {
  const { id } = await concludedCase(app, options);
  await must((await app.as('legal_reviewer')).post(`/api/cases/${id}/legal-review`, AGREE));
  const officer = await app.as('case_officer');
  await must(officer.post(`/api/cases/${id}/proposals`, await proposalOf(app, id)), 201);
  await decideMatter(app, id, 'penalty.approve_notice');
  app.setNow('2024-02-06T10:00:00+08:00');
  await must(officer.post(`/api/cases/${id}/notice/serve`, handed(app, '2024-02-06')));
  await must(officer.post(`/api/cases/${id}/waive`, WAIVER));
  return { id };
}
