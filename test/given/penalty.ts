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
