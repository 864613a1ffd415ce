import type { TestApp } from '../app.ts';
import { must, officersOf } from './cases.ts';

type Id = { id: string };

/** What a plan of an inspection says. */
export const PLAN = {
  subjectMatter: '对新繁街道某三层民房涉嫌无证生产食品的线索',
  place: '成都市新都区新繁街道某某路1号',
  isDwelling: true,
};

/** The answers and findings of form #9, in its order. */
export const RECORD = {
  idsShownAnswer: '看清楚了。',
  rightsToldAnswer: '听清楚了，不申请回避。',
  recusalAsked: false,
  findings: '现场为三层民房，一层有切片机、烘干箱，二层存放标称“牛肉干”的成品及半成品。',
  partyStatement: '没有办理食品生产许可证。',
};

/** An inspection that is planned. */
export async function plannedInspection(app: TestApp, body: Record<string, unknown> = {}): Promise<Id> {
  return must((await app.as('case_officer')).post('/api/inspections', { ...PLAN, ...body }), 201);
}

/** How an inspection begins with the party present. */
export const startOf = (app: TestApp): Record<string, unknown> => ({
  officerIds: officersOf(app),
  partyNotified: '电话通知当事人负责人到场。',
  partyPresent: 'present',
  people: [{ side: 'party', name: '王某某', role: '负责人' }],
});

/** An inspection under way. */
export async function startedInspection(app: TestApp, body: Record<string, unknown> = {}): Promise<Id> {
  const { id } = await plannedInspection(app, body);
  return must((await app.as('case_officer')).post(`/api/inspections/${id}/start`, startOf(app)));
}

/** An inspection that has ended, with a whole record. */
export async function endedInspection(app: TestApp, body: Record<string, unknown> = {}): Promise<Id> {
  const officer = await app.as('case_officer');
  const { id } = await startedInspection(app, body);
  await must(officer.post(`/api/inspections/${id}/record`, RECORD));
  return must(officer.post(`/api/inspections/${id}/end`, { closingAnswer: '已核对，属实。' }));
}

/** What a plan of a joint operation says. */
export const operationOf = (app: TestApp): Record<string, unknown> => ({
  title: '“3·07”联合检查行动',
  plannedOn: '2024-02-06',
  plan: '市场监管与公安同时到场，各依本机关职权行动。',
  sites: [{ name: '三层民房', address: PLAN.place, isDwelling: true }],
  partner: '成都市公安局新都区分局',
  officerIds: officersOf(app),
  police: [{ name: '赵某', credential: '510114001', organisation: '成都市公安局新都区分局', role: '民警' }],
});

/** A joint operation that is planned. */
export async function plannedOperation(app: TestApp): Promise<Id> {
  return must((await app.as('case_officer')).post('/api/operations', operationOf(app)), 201);
}
