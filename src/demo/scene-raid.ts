import type { Stage } from './narrator.ts';
import { issuePaper } from './paper.ts';
import { CAST, clockOf, type ClockRow, decide, type Plot, tellClocks } from './plot.ts';

type Thing = { id: string; state: string };
type Party = { id: string; name: string };
type Items = {
  items: { id: string; name: string; category: string; quantity: string | null; unit: string | null }[];
};
type Measure = Thing & { endsOn: string | null; lawful: boolean; clocks: ClockRow[]; papers: unknown[] };

const officers = (stage: Stage): string[] => [stage.id('case_officer'), stage.id('case_officer_2')];

const POLICE = [
  { name: '民警戊', credential: '000001', organisation: CAST.police },
  { name: '民警己', credential: '000002', organisation: CAST.police },
];

/** What lay in the three floors, counted and weighed on the spot. */
const FOUND = [
  ['product', '手撕风干牛肉干', '200g/袋', '袋', '1260', 'counted', 2450, 'label'],
  ['product', '五香牛肉干', '100g/袋', '袋', '845', 'counted', 1280, 'label'],
  ['raw_material', '冻鸭胸肉', '20kg/箱', '千克', '386.5', 'weighed', 1350, 'market'],
  ['semi_finished', '腌制鸭肉条', '散装', '千克', '152.35', 'weighed', 2100, 'market'],
  ['raw_material', '牛肉味食用香精', '5L/桶', '桶', '6', 'counted', 18000, 'invoice'],
  ['food_tool', '真空包装机', 'DZ-600/2S', '台', '2', 'counted', 450000, 'market'],
  ['food_tool', '热风循环烘箱', 'CT-C-II', '台', '1', 'counted', 2300000, 'market'],
  ['packaging', '牛肉干包装膜', '180mm×260mm', '千克', '64.2', 'weighed', 2600, 'market'],
  ['documents', '生产送货记录', '纸质', '册', '3', 'counted', 0, 'market'],
] as const;

async function planOperation(stage: Stage, plot: Plot): Promise<Party> {
  const party = await stage.act<Party>(
    { at: '2024-03-06T09:00:00+08:00', who: 'case_officer', what: '登记当事人 registers the party' },
    (me) => me.post('/api/parties', CAST.workshop),
  );
  const operation = await stage.act<Thing>(
    {
      at: '2024-03-06T09:30:00+08:00',
      who: 'case_officer',
      what: '制定联合行动方案 plans the joint operation',
    },
    (me) =>
      me.post('/api/operations', {
        title: '新繁街道演示村民房联合突击检查',
        plannedOn: '2024-03-07',
        plan: '市场监管、公安分别行使各自职权：市场监管负责检查、清点、扣押；公安负责现场秩序和人员控制。',
        sites: [{ name: '三层民房', address: CAST.site, isDwelling: true }],
        partner: CAST.police,
        officerIds: officers(stage),
        police: POLICE,
        sourceId: plot.sourceId,
      }),
  );
  plot.operationId = operation.id;
  return party;
}

/** The measure is approved before the raid; what it will hold is known only on the spot. */
async function approveMeasure(stage: Stage, plot: Plot, party: Party): Promise<void> {
  const measure = await stage.act<Measure>(
    { at: '2024-03-06T10:00:00+08:00', who: 'case_officer', what: '提请扣押 proposes the seizure（#8）' },
    (me) =>
      me.post('/api/measures', {
        kind: 'seizure',
        sourceId: plot.sourceId,
        partyId: party.id,
        suspectedAct: '未取得食品生产许可从事食品生产',
        reason: '现场的产品、原料、半成品和设备用于违法生产，不及时扣押可能被转移、隐匿。',
        officerIds: officers(stage),
        place: CAST.site,
      }),
  );
  plot.measureId = measure.id;
  plot.approvals['measure'] = await decide(
    stage,
    { kind: 'measure', id: measure.id },
    {
      at: '2024-03-06T16:00:00+08:00',
      who: 'bureau_head',
      opinion: '同意实施扣押。',
      unit: { at: '2024-03-06T15:00:00+08:00', opinion: '建议同意。' },
    },
  );
  plot.documents['08'] = await issuePaper(stage, {
    at: '2024-03-06T16:10:00+08:00',
    who: 'case_officer',
    kind: 'matter-approval',
    form: '#8',
    subject: { kind: 'approval', id: plot.approvals['measure'] },
  });
}

/** Two officers enter with the police and show their papers. */
async function enter(stage: Stage, plot: Plot, party: Party): Promise<void> {
  await stage.act(
    { at: '2024-03-07T09:00:00+08:00', who: 'case_officer', what: '联合行动开始 the operation begins' },
    (me) => me.post(`/api/operations/${plot.operationId}/start`, {}),
  );
  const inspection = await stage.act<Thing>(
    { at: '2024-03-07T09:10:00+08:00', who: 'case_officer', what: '登记现场检查 registers the inspection' },
    (me) =>
      me.post('/api/inspections', {
        kind: 'on_site',
        subjectMatter: '涉嫌未取得食品生产许可生产“牛肉干”',
        place: CAST.site,
        isDwelling: true,
        operationId: plot.operationId,
        sourceId: plot.sourceId,
        partyId: party.id,
      }),
  );
  plot.inspectionId = inspection.id;
  await stage.act<Thing>(
    {
      at: '2024-03-07T09:30:00+08:00',
      who: 'case_officer',
      what: '进入现场，出示证件 enters, shows the papers',
    },
    (me) =>
      me.post(`/api/inspections/${inspection.id}/start`, {
        officerIds: officers(stage),
        partyNotified: '当事人在现场，全程配合检查。',
        partyPresent: 'present',
        people: [
          ...POLICE.map((person) => ({ side: 'police', ...person })),
          { side: 'party', name: CAST.workshop.name },
          { side: 'witness', name: '见证人庚', role: '演示村村民委员会工作人员' },
        ],
      }),
  );
}

/** They tell the rights, write down what they find, and count and weigh it. */
async function inspect(stage: Stage, plot: Plot): Promise<Items> {
  await stage.act<Thing>(
    { at: '2024-03-07T11:00:00+08:00', who: 'case_officer', what: '记录现场情况 writes down what is found' },
    (me) =>
      me.post(`/api/inspections/${plot.inspectionId}/record`, {
        idsShownAnswer: '看清楚了。',
        rightsToldAnswer: '听清楚了，不申请回避。',
        recusalAsked: false,
        findings:
          '一、该处为三层自建民房，一层为原料库，二层为腌制、烘烤间，三层为内包装间和成品库，现场未见食品生产许可证。\n二、二层有工人正在将鸭肉切条腌制，三层成品库存放标称“手撕风干牛肉干”的成品，配料表标注“牛肉、食用盐、白砂糖、香辛料”。\n三、执法人员全程录音录像。公安机关民警在场协同检查。',
        measuresTold:
          '当事人涉嫌未取得食品生产许可从事食品生产，依据《中华人民共和国食品安全法》第一百一十条第四项等规定，对涉案财物予以扣押；当事人享有陈述、申辩、申请行政复议和提起行政诉讼的权利。',
        partyStatement: '我没有办许可证，愿意配合调查。',
      }),
  );
  return stage.act<Items>(
    {
      at: '2024-03-07T11:30:00+08:00',
      who: 'case_officer_2',
      what: `清点登记${FOUND.length}项 counts and weighs`,
    },
    (me) =>
      me.post(`/api/inspections/${plot.inspectionId}/items`, {
        items: FOUND.map(([category, name, spec, unit, quantity, measured, unitPriceFen, priceBasis]) => ({
          category,
          name,
          spec,
          unit,
          quantity,
          measured,
          ...(unitPriceFen > 0 ? { unitPriceFen, priceBasis } : {}),
        })),
      }),
  );
}

const BASIS = { documents: 'TBGD15_2' } as Record<string, string>;

/** Everything counted is seized; the decision and the list are handed over on the spot. */
async function seize(stage: Stage, plot: Plot, items: Items): Promise<void> {
  const at = '2024-03-07T11:50:00+08:00';
  await stage.act<Measure>(
    { at, who: 'case_officer', what: '列入扣押清单，逐项写明依据 lists them, each on its basis' },
    (me) =>
      me.post(`/api/measures/${plot.measureId}/items`, {
        items: items.items.map(({ id, category, quantity }) => ({
          itemId: id,
          basis: BASIS[category] ?? 'FSL110_4',
          quantity,
        })),
      }),
  );
  const measure = await stage.act<Measure>(
    { at: '2024-03-07T12:00:00+08:00', who: 'case_officer', what: '实施扣押 executes the seizure' },
    (me) =>
      me.post(`/api/measures/${plot.measureId}/execute`, {
        inspectionId: plot.inspectionId,
        partyPresent: true,
        rightsTold: true,
        keepingPlace: '新都区市场监督管理局涉案财物仓库',
        keepingConditions: '冻品存放于零下18摄氏度冷库，其余常温存放',
        dwellingHandover: '当事人自行将存放于民房内的涉案物品搬出交执法人员清点，村民委员会工作人员在场。',
      }),
  );
  tellClocks(stage, measure.clocks);
  stage.holds(
    'S04f 末日（不顺延）last day, never rolled',
    clockOf(measure.clocks, 'S04f')?.rawOn,
    '2024-04-06',
  );
  await stage.act<Measure>(
    { at: '2024-03-07T12:05:00+08:00', who: 'case_officer_2', what: '加贴封条 puts on the seals' },
    (me) =>
      me.post(`/api/measures/${plot.measureId}/seals`, {
        seals: [
          { number: '新都封2024-0307-01', place: '冷冻原料箱' },
          { number: '新都封2024-0307-02', place: '成品外箱' },
        ],
      }),
  );
  await stage.act<Thing>(
    { at: '2024-03-07T12:10:00+08:00', who: 'case_officer', what: '核对笔录，检查结束 reads it back, ends' },
    (me) =>
      me.post(`/api/inspections/${plot.inspectionId}/end`, { closingAnswer: '以上笔录已核对，记录属实。' }),
  );
}

async function handOver(stage: Stage, plot: Plot): Promise<void> {
  const wanted = [
    { form: '09', kind: 'onsite-record', subject: { kind: 'inspection', id: plot.inspectionId } },
    { form: '21', kind: 'measure-decision', subject: { kind: 'measure', id: plot.measureId } },
    { form: '24', kind: 'item-list', subject: { kind: 'measure', id: plot.measureId } },
  ];
  for (const { form, kind, subject } of wanted) {
    const paper = {
      at: '2024-03-07T12:20:00+08:00',
      who: 'case_officer',
      kind,
      form: `#${Number(form)}`,
      subject,
    };
    plot.documents[form] = await issuePaper(stage, paper);
  }
  const measure = await stage.act<Measure>(
    {
      at: '2024-03-07T12:30:00+08:00',
      who: 'case_officer',
      what: '#8、#9、#21、#24 齐备 all four papers are there',
    },
    (me) => me.get(`/api/measures/${plot.measureId}`),
  );
  stage.holds('扣押手续完备 the seizure is lawful', measure.lawful, true);
  stage.holds('扣押期限至 ends on', measure.endsOn, '2024-04-06');
  await stage.act<Thing>(
    { at: '2024-03-07T13:00:00+08:00', who: 'case_officer', what: '联合行动结束 the operation ends' },
    (me) =>
      me.post(`/api/operations/${plot.operationId}/end`, {
        outcome: '查获涉嫌未经许可生产的“牛肉干”成品、半成品、原料和设备，全部扣押。',
        bureauTook: '清单所列财物',
        policeTook: '无',
      }),
  );
}

/** 7 March: officers and police enter a three-storey dwelling; everything used for the making is seized. */
export async function raid(stage: Stage, plot: Plot): Promise<void> {
  const party = await planOperation(stage, plot);
  await approveMeasure(stage, plot, party);
  await enter(stage, plot, party);
  const items = await inspect(stage, plot);
  await seize(stage, plot, items);
  await handOver(stage, plot);
}
