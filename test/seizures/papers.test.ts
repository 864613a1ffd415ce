import t from 'tap';
import { testApp, type TestApp } from '../app.ts';
import { decide, must } from '../given/cases.ts';
import {
  measureInForce,
  measureOf,
  proposedMeasure,
  scene,
  urgentMeasure,
  type MeasureSeen,
  type Scene,
} from '../given/seizures.ts';

type Paper = { id: string; number: string | null; state: string; data: Record<string, unknown> };

async function draft(app: TestApp, kind: string, subject: { kind: string; id: string }) {
  const body = { kind, subjectKind: subject.kind, subjectId: subject.id };
  return (await app.as('case_officer')).post<Paper>('/api/documents', body);
}

async function issue(app: TestApp, kind: string, subject: { kind: string; id: string }): Promise<Paper> {
  const { id } = await must<Paper>(draft(app, kind, subject), 201);
  return must<Paper>((await app.as('case_officer')).post(`/api/documents/${id}/issue`, {}));
}

const lacking = ({ missing }: MeasureSeen): string[] => missing.map(({ form }) => form);

async function endInspection(app: TestApp, { inspectionId }: Scene): Promise<void> {
  const body = { closingAnswer: '已核对，属实。' };
  await must((await app.as('case_officer')).post(`/api/inspections/${inspectionId}/end`, body));
}

t.test('lawful only with #8, #9, #21 and #24 together', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const measure = await measureInForce(app, site, { places: [0, 1, 2] });
  const subject = { kind: 'measure', id: measure.id };
  await endInspection(app, site);
  t.same(lacking(measure), ['#8', '#9', '#21', '#24']);
  t.match(
    measure.alarms.find(({ code }) => code === 'measure.papers_missing'),
    { gate: 'K17', article: /第十八条、第二十四条/ },
  );
  t.match(measure.missing, [{ article: /第十八条第一项/ }, { article: /第十八条第七项/ }]);
  await issue(app, 'matter-approval', { kind: 'approval', id: measure.approvalId! });
  await issue(app, 'onsite-record', { kind: 'inspection', id: site.inspectionId });
  t.same(lacking(await measureOf(app, measure.id)), ['#21', '#24']);
  const listFirst = await must<Paper>(draft(app, 'item-list', subject), 201);
  const officer = await app.as('case_officer');
  const early = await officer.post(`/api/documents/${listFirst.id}/issue`, {});
  t.equal(early.status, 422, `the list carries the decision's number: ${JSON.stringify(early.body.code)}`);
  const decision = await issue(app, 'measure-decision', subject);
  t.match(decision, { state: 'issued', number: /强制/ });
  t.equal((await measureOf(app, measure.id)).lawful, false);
  const list = await must<Paper>(officer.post(`/api/documents/${listFirst.id}/issue`, {}));
  t.equal(list.number, decision.number, 'one number for both');
  const whole = await measureOf(app, measure.id);
  t.match(whole, { lawful: true, missing: [], alarms: [] });
  t.same(
    whole.papers.map(({ form, state }) => [form, state]),
    [
      ['#8', 'issued'],
      ['#9', 'issued'],
      ['#21', 'issued'],
      ['#24', 'issued'],
    ],
  );
});

t.test('what #21 and #24 say comes from the record', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id } = await measureInForce(app, site, { places: [0, 1, 2] });
  const { body } = await draft(app, 'measure-decision', { kind: 'measure', id });
  t.match(body.data, {
    suspicion: '未取得食品生产许可从事食品生产',
    basis:
      '《中华人民共和国食品安全法》第一百一十条第四项和《国务院关于加强食品等产品安全监督管理的特别规定》第十五条第三项',
    targets: ['goods'],
    measures: ['seizure'],
    periodDays: 30,
    periodFrom: '2024-03-07',
    periodTo: '2024-04-06',
    reconsiderationPeriod: '六十日',
    reconsiderationBody: '成都市新都区人民政府',
    suitPeriod: '六个月',
    court: '成都市新都区',
    contactPhone: '02800000000',
    contactPerson: /林晓峰/,
    copies: { total: 2, served: 1 },
  });
  const list = await draft(app, 'item-list', { kind: 'measure', id });
  t.match(list.body.data, {
    items: [
      { name: '牛肉干', spec: '200g/袋', unit: '袋', quantity: '120', remark: /批号：20240301/ },
      { name: '冷冻鸭胸肉', unit: '千克', quantity: '350.5' },
      { name: '塑料封口机', unit: '台', quantity: '1' },
    ],
  });
});

t.test('no paper of what was not carried out; an urgent measure is lawful once approved', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const proposed = await proposedMeasure(app, site);
  for (const kind of ['measure-decision', 'item-list']) {
    const { status, body } = await draft(app, kind, { kind: 'measure', id: proposed.id });
    t.match({ status, ...body }, { status: 409, code: 'measure.not_executed' }, kind);
  }
  const urgent = await urgentMeasure(app, site);
  const subject = { kind: 'measure', id: urgent.id };
  await endInspection(app, site);
  await issue(app, 'onsite-record', { kind: 'inspection', id: site.inspectionId });
  await issue(app, 'measure-decision', subject);
  await issue(app, 'item-list', subject);
  t.match(await measureOf(app, urgent.id), { lawful: false, missing: [{ form: '#8' }] });
  await decide(app, urgent.approvalId!);
  await issue(app, 'matter-approval', { kind: 'approval', id: urgent.approvalId! });
  t.equal((await measureOf(app, urgent.id)).lawful, true);
});

t.test('a paper issued before what it must tell had happened does not count', async (t) => {
  const app = await testApp(t);
  const site = await scene(app);
  const { id, approvalId } = await measureInForce(app, site);
  await endInspection(app, site);
  const subject = { kind: 'measure', id };
  const approval = await issue(app, 'matter-approval', { kind: 'approval', id: approvalId! });
  const record = await issue(app, 'onsite-record', { kind: 'inspection', id: site.inspectionId });
  await issue(app, 'measure-decision', subject);
  await issue(app, 'item-list', subject);
  t.equal((await measureOf(app, id)).lawful, true);
  const issuedAt = new Date('2024-03-07T01:59:59Z');
  const backdate = (paper: Paper, at: Date) =>
    app.owner.updateTable('documents').set({ issuedAt: at }).where('id', '=', paper.id).execute();
  for (const [paper, form] of [
    [approval, '#8'],
    [record, '#9'],
  ] as const) {
    await backdate(paper, issuedAt);
    const measure = await measureOf(app, id);
    t.equal(measure.lawful, false);
    t.same(lacking(measure), [form]);
    await backdate(paper, new Date('2024-03-07T02:00:00Z'));
  }
  const told = { measuresTold: null };
  await app.owner.updateTable('inspections').set(told).where('id', '=', site.inspectionId).execute();
  t.same(lacking(await measureOf(app, id)), ['#9'], 'a record that tells of no rights');
});
