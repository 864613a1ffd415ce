import { renderIssued } from '../../src/modules/documents/render-issued.ts';
import type { TestApp } from '../app.ts';
import { decide, filedCase, must, officersOf, registeredSource } from './cases.ts';

type Id = { id: string };

/** What a clue notice says; nothing in it tells who reported. */
export const NOTICE = {
  recipient: '成都市公安局新都区分局',
  content: '经检验，当事人网店销售的“牛肉干”检出鸭源性成分，生产地点疑为新繁街道一处民房。',
};

type Notice = Id & { approval: { id: string } };

/** A clue notice before the head. */
export async function draftedNotice(app: TestApp): Promise<Notice> {
  const { id: sourceId } = await registeredSource(app);
  return must<Notice>((await app.as('case_officer')).post('/api/clue-notices', { sourceId, ...NOTICE }), 201);
}

/** A clue notice the head has approved. */
export async function approvedNotice(app: TestApp): Promise<Notice> {
  const notice = await draftedNotice(app);
  await decide(app, notice.approval.id);
  return notice;
}

/** What the task group proposes. */
export const transferOf = (app: TestApp, caseId: string): Record<string, unknown> => ({
  caseId,
  suspectedCrime: '生产、销售伪劣产品罪（《刑法》第一百四十条）',
  facts: '现场查获以鸭肉冒充牛肉的成品，货值金额已达追诉标准。',
  recipient: '成都市公安局新都区分局',
  procuratorate: '成都市新都区人民检察院',
  groupIds: officersOf(app),
  reportReceivedAt: '2024-02-05T09:00:00+08:00',
});

type Transfer = Id & { caseId: string; approval: { id: string } };

/** A transfer before the principal head. */
export async function proposedTransfer(app: TestApp): Promise<Transfer> {
  const { id } = await filedCase(app);
  return must<Transfer>((await app.as('case_officer')).post('/api/transfers', transferOf(app, id)), 201);
}

/** A transfer the principal head has approved. */
export async function approvedTransfer(app: TestApp): Promise<Transfer> {
  const transfer = await proposedTransfer(app);
  await decide(app, transfer.approval.id, { as: 'principal_head' });
  return transfer;
}

// The smallest PDF the type check takes for one.
const PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';

/** A file attached to the case. */
export async function attachedFile(app: TestApp, caseId: string, name: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([`${PDF}%${name}\n`]), `${name}.pdf`);
  const path = `/api/attachments?subjectKind=case&subjectId=${caseId}`;
  const { id } = await must<Id>((await app.as('case_officer')).post(path, form), 201);
  return id;
}

/** The letter of transfer (#5), issued and drawn. */
export async function issuedLetter(app: TestApp, transferId: string): Promise<string> {
  const officer = await app.as('case_officer');
  const overrides = { contactPhone: '028-00000000', contactAddress: '成都市新都区演示路1号' };
  const draft = { kind: 'crime-transfer', subjectKind: 'transfer', subjectId: transferId, overrides };
  const { id } = await must<Id>(officer.post('/api/documents', draft), 201);
  await must(officer.post(`/api/documents/${id}/issue`, {}));
  // It is drawn after the answer: this waits for that very drawing.
  await renderIssued(app.ctx(), id);
  return id;
}

/** Puts all five attachments of Order 310 art. 6 with an approved transfer. */
export async function encloseAll(app: TestApp, transfer: Transfer): Promise<void> {
  const officer = await app.as('case_officer');
  const path = `/api/transfers/${transfer.id}/enclosures`;
  const rest = ['', '', '调查报告', '涉案物品清单', '检验报告', '其他材料（无）'];
  for (const item of [2, 3, 4, 5]) {
    const attachmentId = await attachedFile(app, transfer.caseId, rest[item]!);
    await must(officer.post(path, { item, title: rest[item]!, attachmentId }));
  }
  const documentId = await issuedLetter(app, transfer.id);
  await must(officer.post(path, { item: 1, title: '涉嫌犯罪案件移送书', documentId }));
}
