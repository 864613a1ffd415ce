import t from 'tap';
import { testApp, type TestApp } from '../app.ts';
import { decide, must, proposedCase } from '../given/cases.ts';
import { measureInForce, scene } from '../given/seizures.ts';
import { approvedTransfer } from '../given/referrals.ts';

type Doc = { id: string; state: string; data: Record<string, unknown> };
type Subject = { kind: string; id: string };

const draft = async (app: TestApp, kind: string, subject: Subject, overrides: object = {}) =>
  (await app.as('case_officer')).post<Doc>('/api/documents', {
    kind,
    subjectKind: subject.kind,
    subjectId: subject.id,
    overrides,
  });

const fixed = (...fields: string[]) => ({
  status: 422,
  body: { code: 'document.blank_fixed', errors: fields.map((field) => ({ field })) },
});

t.test('no paper says other than the record: not in a draft, not by an amendment', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { approvalId } = await proposedCase(app);
  const approval = { kind: 'approval', id: approvalId };
  t.match(await draft(app, 'matter-approval', approval), {
    status: 409,
    body: { code: 'approval.not_decided' },
  });
  await decide(app, approvalId);
  const invented = { bureauOpinion: '同意查封。', bureauHead: '某某', bureauOpinionOn: '2020-01-01' };
  t.match(await draft(app, 'matter-approval', approval, invented), fixed(...Object.keys(invented)));
  const made = await must<Doc>(draft(app, 'matter-approval', approval, { remark: '加急' }), 201);
  const path = `/api/documents/${made.id}`;
  t.match(await officer.patch(path, { data: { remark: 'x', unitOpinion: '同意。' } }), fixed('unitOpinion'));
  t.match(await officer.get(path), { body: { version: 1, data: { remark: '加急' } } }, 'nothing stuck');

  const measure = { kind: 'measure', id: (await measureInForce(app, await scene(app))).id };
  const longer = { periodDays: 90, periodTo: '2024-06-05', basis: '另有规定', party: { name: '他人' } };
  t.match(await draft(app, 'measure-decision', measure, longer), fixed(...Object.keys(longer)));
  t.match(await draft(app, 'measure-decision', measure, { listNumber: '1号' }), fixed('listNumber'));
  t.match(await draft(app, 'item-list', measure, { items: [{ name: '其他' }] }), fixed('items'));
  const copies = { total: 3, served: 1 };
  t.match(await draft(app, 'item-list', measure, { copies }), { status: 201, body: { data: { copies } } });
});

t.test('what the record says stands, even where a hand may fill what it leaves open', async (t) => {
  const app = await testApp(t);
  const { approvalId } = await proposedCase(app);
  await decide(app, approvalId);
  await app.owner.updateTable('approvals').set({ afterTheFact: true }).where('id', '=', approvalId).execute();
  const approval = { kind: 'approval', id: approvalId };
  t.match(await draft(app, 'matter-approval', approval, { remark: '事前批准' }), fixed('remark'));
});

t.test('at issue the record is read again, and no day lies before the act', async (t) => {
  const app = await testApp(t);
  const officer = await app.as('case_officer');
  const { id } = await approvedTransfer(app);
  const contact = { contactPerson: '王某', contactPhone: '028-00000000', contactAddress: '演示路1号' };
  const made = await must<Doc>(draft(app, 'crime-transfer', { kind: 'transfer', id }, contact), 201);
  await app.owner.updateTable('transfers').set({ recipient: '更正后的分局' }).where('id', '=', id).execute();
  const path = `/api/documents/${made.id}`;
  t.match(await officer.post(`${path}/issue`, { on: '2024-02-04' }), {
    status: 422,
    body: { code: 'document.before_act', errors: [{ field: 'on' }] },
  });
  app.setNow('2024-02-07T10:00:00+08:00');
  const issued = await must<Doc>(officer.post(`${path}/issue`, { on: '2024-02-06' }));
  const said = { addressee: '更正后的分局', contactPerson: '王某', issuedOn: '2024-02-06' };
  t.match(issued.data, said);
});
