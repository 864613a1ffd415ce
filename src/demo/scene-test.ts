import type { Stage } from './narrator.ts';
import { issuePaper } from './paper.ts';
import type { Plot } from './plot.ts';

type Sample = {
  id: string;
  number: string;
  state: string;
  reports: { labelJudgment: { sentence: { zh: string; en: string } } | null }[];
};

/** What the label of the product says. */
const LABEL = {
  productName: '手撕风干牛肉干',
  brand: '川野牧香',
  spec: '200g/袋',
  batchNo: '20240112',
  madeOn: '2024-01-12',
  shelfLife: '180天',
  producer: '成都川野牧香食品有限公司',
  standard: 'GB/T 23969',
  labelPrice: '24.50元/袋',
  labelStorage: '阴凉干燥处常温保存',
  packaging: '预包装',
  declaredSpecies: ['cattle'],
  labelNote: '配料：牛肉、食用盐、白砂糖、香辛料',
};

const OFFICERS = (stage: Stage): string[] => [stage.id('case_officer'), stage.id('case_officer_2')];

/** 6 February: the officers buy the product, seal it in two portions and send one to the laboratory. */
async function take(stage: Stage, plot: Plot): Promise<void> {
  const sample = await stage.act<Sample>(
    {
      at: '2024-02-06T15:30:00+08:00',
      who: 'case_officer',
      what: '网络购样、封样 buys and seals the sample',
    },
    (me) =>
      me.post('/api/samples', {
        sourceId: plot.sourceId,
        ...LABEL,
        place: '新繁市场监督管理所',
        sampledAt: '2024-02-06T15:00:00+08:00',
        matter: '核查举报反映的“牛肉干”是否含有牛源性成分',
        method: { kind: 'other', description: '网络购样，随机下单' },
        process: '全程录像拆包、分样、封样。',
        baseQuantity: '10',
        unit: '袋',
        portions: [
          { kind: 'test', quantity: '5', sealNumber: 'XD-F-2024-0001' },
          { kind: 'backup', quantity: '3', sealNumber: 'XD-F-2024-0002' },
        ],
        paidFen: 24500,
        storageConditions: '常温、避光',
        sealState: '封条完好',
        boughtOnline: true,
        onlineRecord: '订单号DEMO-240201-0002，2月1日付款，2月6日收货。',
        officerIds: OFFICERS(stage),
        partyPresent: '网络购样，当事人未到场',
        witnessName: '见证人丁',
      }),
  );
  plot.sampleId = sample.id;
  plot.documents['29'] = await issuePaper(stage, {
    at: '2024-02-06T16:00:00+08:00',
    who: 'case_officer',
    kind: 'sampling-record',
    form: '#29',
    subject: { kind: 'sample', id: sample.id },
  });
}

async function dispatch(stage: Stage, plot: Plot): Promise<void> {
  await stage.act<Sample>(
    {
      at: '2024-02-07T09:00:00+08:00',
      who: 'case_officer',
      what: '送检 sends it to the laboratory（委托书 #30）',
    },
    (me) =>
      me.post(`/api/samples/${plot.sampleId}/dispatch`, {
        laboratoryId: stage.filled.laboratoryId,
        testRequest: '牛源性成分、鸭源性成分定性检测；检出鸭源性成分的，作定量检测。',
        dueOn: '2024-02-28',
        sealIntact: true,
        condition: '常温，外包装完好',
      }),
  );
}

const RESULTS = {
  number: 'DEMO-SW-2024-0207',
  testedFrom: '2024-02-18',
  testedTo: '2024-02-21',
  items: [
    {
      kind: 'qualitative',
      analyte: '牛源性成分',
      species: 'cattle',
      method: 'GB/T 38164-2019',
      methodStatus: 'statutory',
      printed: '未检出',
    },
    {
      kind: 'qualitative',
      analyte: '鸭源性成分',
      species: 'duck',
      method: 'GB/T 38164-2019',
      methodStatus: 'statutory',
      printed: '检出',
    },
    {
      kind: 'quantitative',
      analyte: '鸭源性成分含量',
      species: 'duck',
      method: '鸭源性成分微滴数字PCR定量方法（实验室方法）',
      methodStatus: 'other',
      methodConsent: '经委托方书面同意（演示）',
      printed: '88%',
      unit: '%',
      shareBasis: 'mass_fraction',
      lod: '0.1',
      uncertainty: '3',
      coverageFactor: '2',
      replicates: 6,
    },
  ],
};

/** The laboratory: one enters, another verifies, a third reports. It is flagged beside the label, and not decided. */
async function test(stage: Stage, plot: Plot): Promise<void> {
  const at = (instant: string, who: string, what: string) => ({ at: instant, who, what });
  await stage.act<Sample>(
    at('2024-02-07T14:00:00+08:00', 'laboratory_clerk', '收样核验 receives it, seal intact'),
    (me) =>
      me.post(`/api/samples/${plot.sampleId}/receive`, {
        sealIntact: true,
        quantity: '5',
        temperature: '常温',
        condition: '封条完好，样品无破损',
      }),
  );
  await stage.act<Sample>(
    at('2024-02-22T10:00:00+08:00', 'laboratory_clerk', '录入结果：鸭88% enters the results'),
    (me) => me.post(`/api/samples/${plot.sampleId}/results`, RESULTS),
  );
  await stage.act<Sample>(
    at('2024-02-22T16:00:00+08:00', 'laboratory_verifier', '另一人审核 a second person verifies'),
    (me) => me.post(`/api/samples/${plot.sampleId}/verify-result`, {}),
  );
  const reported = await stage.act<Sample>(
    at('2024-02-23T10:00:00+08:00', 'laboratory_approver', '批准并出具报告 the report goes out'),
    (me) => me.post(`/api/samples/${plot.sampleId}/report`, {}),
  );
  const sentence = reported.reports.at(-1)?.labelJudgment?.sentence;
  stage.note(`标签比对 beside the label: ${sentence?.zh} / ${sentence?.en}`);
  stage.holds('样品 sample', reported.state, 'reported');
  const notified = await stage.act<Sample>(
    at('2024-02-26T10:00:00+08:00', 'case_officer', '告知检验结果 the party is told the result'),
    (me) => me.post(`/api/samples/${plot.sampleId}/notify`, { notifiedOn: '2024-02-26' }),
  );
  stage.holds('样品 sample', notified.state, 'notified');
}

/** The product is tested: labelled beef, and the laboratory finds 88 % duck and no beef. */
export async function testing(stage: Stage, plot: Plot): Promise<void> {
  await take(stage, plot);
  await dispatch(stage, plot);
  await test(stage, plot);
}
