import type { Stage } from './narrator.ts';
import { clockOf, type ClockRow, decide, type Plot, tellClocks } from './plot.ts';
import { handed } from './scene-second.ts';

type Track = {
  state: string;
  decisions: { payBy: string | null; number: string | null }[];
  clocks: ClockRow[];
};
type Money = { figures: string };
type Account = {
  state: string;
  sums: { purpose: string; open: Money }[];
  surcharge: { arithmetic: string[] } | null;
  clocks: ClockRow[];
};
type Line = {
  section: number;
  title: string;
  number: string | null;
  madeOn: string | null;
  fromPage: number;
  toPage: number;
};
type File = { keepUntil: string | null; volumes: { volume: string; pages: number; items: Line[] }[] };

const at = (instant: string, who: string, what: string) => ({ at: `${instant}:00+08:00`, who, what });

/** Discussed (K8), decided, in the party's hands on 12 June 2026. */
export async function decision(stage: Stage, plot: Plot): Promise<void> {
  const path = `/api/cases/${plot.caseId}`;
  const opinion = (name: string) => ({ name, post: '局领导', opinion: '同意维持处罚建议。' });
  await stage.act(at('2026-06-10T10:00', 'legal_reviewer', '负责人集体讨论 the heads discuss it'), (me) =>
    me.post(`${path}/discussions`, {
      about: 'penalty',
      heldOn: '2026-06-10',
      place: '本局会议室',
      chair: '彭国安',
      recorder: '曾法生',
      attendees: [opinion('彭国安'), opinion('邓志远'), opinion('冯立新')],
      record: '讨论经过（演示）。',
      conclusion: '维持处罚建议。',
    }),
  );
  await stage.act(at('2026-06-10T15:00', 'case_officer', '提请作出处罚决定 asks for the decision'), (me) =>
    me.post(`${path}/decide`, {
      treatment: '听证意见未提出新的事实，不予采纳。',
      performance: '自收到本决定书之日起十五日内缴至指定银行。',
      number: '新都市监处罚〔2026〕1号',
    }),
  );
  await decide(
    stage,
    { kind: 'case', id: plot.caseId },
    { at: '2026-06-11T10:00:00+08:00', who: 'bureau_head', opinion: '同意。' },
  );
  const served = await stage.act<Track>(
    at('2026-06-12T10:00', 'case_officer', '送达处罚决定书 serves the decision'),
    (me) => me.post(`${path}/decision/serve`, { ...handed(stage, '2026-06-12'), toldOfPublicity: true }),
  );
  tellClocks(stage, served.clocks);
  // Fifteen days end on a Saturday: the party's right runs to Monday.
  stage.holds('F01 末日 last day', clockOf(served.clocks, 'F01')?.rawOn, '2026-06-27');
  stage.holds('缴款期限 to be paid by', served.decisions[0]!.payBy, '2026-06-29');
}

/** Paid eleven days late: 3 % a day, and only then is it carried out. */
export async function latePayment(stage: Stage, plot: Plot): Promise<void> {
  const path = `/api/cases/${plot.caseId}/payments`;
  const pay = (purpose: string, amountFen: number, receipt: string) =>
    stage.act<Account>(
      at('2026-07-10T10:00', 'fines_clerk', `登记缴款 enters a payment（${purpose}）`),
      (me) => me.post(path, { paidOn: '2026-07-10', amountFen, purpose, way: 'bank', receipt }),
    );
  await pay('gains', 260_000, '川财票（演示）0001');
  const late = await pay('fine', 7_000_000, '川财票（演示）0002');
  for (const step of late.surcharge!.arithmetic) stage.note(step);
  const open = late.sums.find(({ purpose }) => purpose === 'surcharge')!.open.figures;
  stage.holds('加处罚款 surcharge of eleven days', open, '23,100.00');
  await pay('surcharge', 2_310_000, '川财票（演示）0003');
  const done = await stage.act<Account>(
    at('2026-07-10T16:00', 'case_officer', '处罚执行完毕 carried out'),
    (me) => me.post(`${path}/finish`, { performedOn: '2026-07-10' }),
  );
  stage.holds('案件 case', done.state, 'closing');
}

/** The lines of the proposed table of contents, as they are sent back to be bound. */
const linesOf = ({ volumes }: File) =>
  volumes.flatMap(({ volume, items }) =>
    items.map(({ fromPage, toPage, number, madeOn, ...line }) => ({
      volume,
      section: line.section,
      title: line.title,
      ...(number ? { number } : {}),
      ...(madeOn ? { madeOn } : {}),
      pages: toPage - fromPage + 1,
    })),
  );

/** Closed with the head's word, bound in the order of CXGD 78, kept for ten years. */
export async function archiving(stage: Stage, plot: Plot): Promise<void> {
  const path = `/api/cases/${plot.caseId}`;
  await stage.act(at('2026-07-13T09:00', 'case_officer', '填写结案审批表 the closing form'), (me) =>
    me.post(`${path}/close`, { execution: 'voluntary', opinion: '处罚决定执行完毕，建议结案。' }),
  );
  await decide(
    stage,
    { kind: 'case', id: plot.caseId },
    { at: '2026-07-14T10:00:00+08:00', who: 'bureau_head', opinion: '同意结案。' },
  );
  const proposed = await stage.act<File>(
    at('2026-07-20T09:00', 'archive_clerk', '案卷目录 the table of contents'),
    (me) => me.get(`${path}/file`),
  );
  const bound = await stage.act<File>(
    at('2026-07-20T10:00', 'archive_clerk', '立卷归档 binds the file'),
    (me) =>
      me.post(`${path}/archive`, {
        retention: 'years_10',
        archiveNumber: '2026-XZCF-0001（演示）',
        filedBy: '林晓峰',
        checkedBy: '韩雪',
        items: linesOf(proposed),
      }),
  );
  for (const { volume, pages, items } of bound.volumes)
    stage.note(
      `${volume === 'main' ? '正卷 main' : '副卷 secondary'}：${items.length} 件 papers，${pages} 页 pages`,
    );
  stage.holds('保管至 kept until', bound.keepUntil, '2036-12-31');
}
