import type { Stage } from './narrator.ts';
import { issuePaper } from './paper.ts';
import { CAST, clockOf, type ClockRow, decide, type Plot, tellClocks } from './plot.ts';

type Transfer = { id: string; state: string; clocks: ClockRow[] };
type Attachment = { id: string };

/** A file made for the demo, as an officer would upload a scanned report. */
function upload(
  stage: Stage,
  at: string,
  subject: { kind: string; id: string },
  file: { name: string; text: string },
): Promise<Attachment> {
  const form = new FormData();
  form.set('file', new Blob([file.text], { type: 'text/plain' }), file.name);
  return stage.act<Attachment>({ at, who: 'case_officer', what: `上传 uploads《${file.name}》` }, (me) =>
    me.post(`/api/attachments?subjectKind=${subject.kind}&subjectId=${subject.id}`, form),
  );
}

async function propose(stage: Stage, plot: Plot): Promise<void> {
  const proposed = await stage.act<Transfer>(
    {
      at: '2024-03-18T09:30:00+08:00',
      who: 'case_officer',
      what: '专案组书面报告，提请移送 proposes the transfer',
    },
    (me) =>
      me.post('/api/transfers', {
        caseId: plot.caseId,
        suspectedCrime: '生产、销售伪劣产品罪（《中华人民共和国刑法》第一百四十条）',
        facts:
          '当事人以鸭肉冒充牛肉生产、销售“牛肉干”，已销售和尚未销售的金额可能达到追诉标准，是否构成犯罪由公安机关审查。',
        recipient: CAST.police,
        procuratorate: CAST.procuratorate,
        groupIds: [stage.id('case_officer'), stage.id('case_officer_2')],
        reportReceivedAt: '2024-03-18T09:30:00+08:00',
      }),
  );
  plot.transferId = proposed.id;
  tellClocks(stage, proposed.clocks);
  stage.holds('T01 末日 last day (3 days)', clockOf(proposed.clocks, 'T01')?.rawOn, '2024-03-21');
  plot.approvals['transfer'] = await decide(
    stage,
    { kind: 'transfer', id: proposed.id },
    {
      at: '2024-03-19T10:00:00+08:00',
      who: 'principal_head',
      opinion: '同意移送公安机关。',
    },
  );
}

async function enclose(stage: Stage, plot: Plot): Promise<void> {
  const at = '2024-03-19T14:00:00+08:00';
  const filed = { kind: 'case', id: plot.caseId };
  const report = await upload(stage, at, filed, {
    name: '涉嫌犯罪案件情况的调查报告.txt',
    text: '涉嫌犯罪案件情况的调查报告（演示）\n当事人、案件来源、违法事实、证据、涉嫌罪名、处理意见……\n',
  });
  // The report hangs on its sample: what it lacks to carry a transfer (K24) is known there.
  const test = await upload(
    stage,
    at,
    { kind: 'sample', id: plot.sampleId },
    {
      name: '检验报告.txt',
      text: '检验报告（演示）\n样品：手撕风干牛肉干；鸭源性成分88%（U=3%，k=2）；未检出牛源性成分。\n',
    },
  );
  const other = await upload(stage, at, filed, {
    name: '其他材料清单.txt',
    text: '现场照片、录像光盘（演示）\n',
  });
  plot.documents['05'] = await issuePaper(stage, {
    at,
    who: 'case_officer',
    kind: 'crime-transfer',
    form: '#5',
    subject: { kind: 'transfer', id: plot.transferId },
  });
  const lines = [
    { item: 1, title: '涉嫌犯罪案件移送书', documentId: plot.documents['05'] },
    { item: 2, title: '涉嫌犯罪案件情况的调查报告', attachmentId: report.id },
    { item: 3, title: '涉案物品清单', documentId: plot.documents['24'] },
    { item: 4, title: '检验报告', attachmentId: test.id },
    { item: 5, title: '其他有关涉嫌犯罪的材料', attachmentId: other.id },
  ];
  for (const line of lines) {
    await stage.act<Transfer>(
      { at, who: 'case_officer', what: `附件${line.item} encloses《${line.title}》` },
      (me) => me.post(`/api/transfers/${plot.transferId}/enclosures`, line),
    );
  }
}

/** Our own second ending: the case goes to the police with its five attachments, and they file it. */
export async function transfer(stage: Stage, plot: Plot): Promise<void> {
  await propose(stage, plot);
  await enclose(stage, plot);
  const at = (instant: string, who: string, what: string) => ({ at: instant, who, what });
  const delivered = await stage.act<Transfer>(
    at('2024-03-19T16:30:00+08:00', 'police_liaison', '24小时内移送 delivers within 24 hours'),
    (me) =>
      me.post(`/api/transfers/${plot.transferId}/deliver`, {
        deliveredTo: '新都区分局法制大队（演示）',
        procuratorateCopiedAt: '2024-03-19T16:30:00+08:00',
      }),
  );
  tellClocks(stage, delivered.clocks);
  const taken = await stage.act<Transfer>(
    at('2024-03-19T17:00:00+08:00', 'police_liaison', '公安机关签收回执 police sign the receipt'),
    (me) =>
      me.post(`/api/transfers/${plot.transferId}/acknowledge`, {
        acknowledgedBy: '新都区分局法制大队（演示）',
      }),
  );
  tellClocks(stage, taken.clocks);
  stage.holds('T04 末日 last day (3 days)', clockOf(taken.clocks, 'T04')?.rawOn, '2024-03-22');
  const filed = await stage.act<Transfer>(
    at('2024-03-21T10:00:00+08:00', 'police_liaison', '公安机关立案 police file the case'),
    (me) =>
      me.post(`/api/transfers/${plot.transferId}/police-decision`, {
        decision: 'filed',
        on: '2024-03-21',
        number: '新公（食药）立字〔2024〕0001号（演示）',
      }),
  );
  stage.holds('移送 transfer', filed.state, 'police_filed');
}
