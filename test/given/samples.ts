import type { TestApp } from '../app.ts';
import { must, officersOf, verifiedSource } from './cases.ts';

/** The taking of the jerky: two portions to test, one back-up. */
export const takingOf = (app: TestApp, sourceId: string): Record<string, unknown> => ({
  sourceId,
  productName: '五香牛肉干',
  brand: '某某',
  spec: '200g/袋',
  batchNo: '20240115',
  producer: '某某食品有限公司',
  declaredSpecies: ['cattle'],
  place: '成都市新都区某某路2号网店仓库',
  sampledAt: '2024-02-05T09:30:00+08:00',
  matter: '核查举报反映的牛肉干涉嫌掺入其他动物源性成分',
  method: { kind: 'other', description: '随机抽取' },
  process: '在当事人见证下从货架随机抽取三袋，当场封样。',
  baseQuantity: '120',
  unit: '袋',
  portions: [
    { kind: 'test', quantity: '2', sealNumber: 'FY-0001' },
    { kind: 'backup', quantity: '1', sealNumber: 'FY-0002' },
  ],
  storageConditions: '常温避光',
  sealState: '封样完好',
  officerIds: officersOf(app),
  partyPresent: '当事人负责人王某在场',
});

/** The report of the story: duck 88 %, beef not detected. */
export const REPORT = {
  number: 'A2240200001',
  testedFrom: '2024-02-05',
  testedTo: '2024-02-05',
  conclusion: '见检验结果。',
  items: [
    {
      kind: 'quantitative',
      analyte: '鸭源性成分',
      species: 'duck',
      method: '微滴数字PCR法（实验室方法）',
      methodStatus: 'other',
      methodConsent: '川市监检函〔2024〕3号',
      printed: '88%',
      shareBasis: 'copy_ratio',
      lod: '0.1',
      uncertainty: '3',
      coverageFactor: '2',
      replicates: 3,
    },
    {
      kind: 'qualitative',
      analyte: '牛源性成分',
      species: 'cattle',
      method: 'GB/T 38164-2019',
      methodStatus: 'statutory',
      printed: '未检出',
    },
  ],
};

type Sample = { id: string; version: number; state: string; number: string };
export type Step =
  'collected' | 'dispatched' | 'received' | 'rejected' | 'testing' | 'verified' | 'reported' | 'notified';

/** Sends a sample out to the template's laboratory. */
export const dispatchOf = (app: TestApp): Record<string, unknown> => ({
  laboratoryId: app.filled.laboratoryId,
  testRequest: '动物源性成分（牛、鸭、猪）',
  dueOn: '2024-02-29',
});

const RECEIPT = { sealIntact: true, quantity: '2', temperature: '22 ℃', condition: '包装完好' };

let count = 0;

/** The report of the story, had the other method no consent paper: a clue only (K24). */
export const CLUE_REPORT = {
  items: [{ ...REPORT.items[0], methodConsent: undefined }, REPORT.items[1]],
};

/** A sample of a verified source, brought as far as `step`; `more` stands in its report. */
export async function sampleAt(
  app: TestApp,
  step: Step,
  sourceId?: string,
  more: object = {},
): Promise<Sample> {
  const source = sourceId ?? (await verifiedSource(app)).id;
  const officer = await app.as('case_officer');
  const clerk = await app.as('laboratory_clerk');
  const sample = await must<Sample>(officer.post('/api/samples', takingOf(app, source)), 201);
  const path = `/api/samples/${sample.id}`;
  const report = { ...REPORT, ...more, number: `A22402${String((count += 1)).padStart(5, '0')}` };
  const steps: [Step, () => Promise<unknown>][] = [
    ['dispatched', () => must(officer.post(`${path}/dispatch`, dispatchOf(app)))],
    ['received', () => must(clerk.post(`${path}/receive`, RECEIPT))],
    ['testing', () => must(clerk.post(`${path}/results`, report), 201)],
    ['verified', async () => must((await app.as('laboratory_verifier')).post(`${path}/verify-result`))],
    ['reported', async () => must((await app.as('laboratory_approver')).post(`${path}/report`))],
    ['notified', () => must(officer.post(`${path}/notify`, { notifiedOn: '2024-02-05' }))],
  ];
  if (step === 'rejected') {
    await steps[0]![1]();
    await must(clerk.post(`${path}/reject`, { reason: '封样破损，数量不足。' }));
  } else if (step !== 'collected') {
    for (const [name, act] of steps) {
      await act();
      if (name === step) break;
    }
  }
  return must<Sample>(officer.get(path));
}
