import type { RenderInput } from '../../src/modules/documents/render.ts';
import { loadTemplates, templateFor } from '../../src/modules/documents/template.ts';
import type { TemplateBook } from '../../src/modules/documents/template.ts';

/** Every person, company, number and address here is made up. */
export const BUREAU = '成都市新都区市场监督管理局';
export const TEMPLATE_DIR = new URL('../../templates/documents', import.meta.url).pathname;

const party = {
  name: '成都某某食品有限公司',
  licenceName: '营业执照',
  creditCode: '91510114MA6TEETQ01',
  address: '四川省成都市新都区新繁街道虚构路88号3层',
  representative: '张某某',
  idNumber: '510114198001019994',
  phone: '13800000001',
};

const copies = { total: 2, served: 1 };

export const ITEMS = [
  { name: '香辣味牛肉干（成品）', spec: '200g/袋，生产日期2024年2月26日', unit: '袋', quantity: '1260' },
  { name: '五香味牛肉干（成品）', spec: '100g/袋，生产日期2024年3月1日', unit: '袋', quantity: '845' },
  {
    name: '鸭肉（冻，原料）',
    spec: '20kg/箱，无中文标签',
    unit: '千克',
    quantity: '386.5',
    remark: '冷库存放',
  },
  { name: '鸭肉条（腌制半成品）', spec: '散装', unit: '千克', quantity: '152.35' },
  { name: '复合调味料', spec: '10kg/袋', unit: '袋', quantity: '37' },
  {
    name: '食品用香精（牛肉味）',
    spec: '5L/桶，批号20231108',
    unit: '桶',
    quantity: '6',
    remark: '已开封2桶',
  },
  { name: '真空包装机', spec: 'DZ-600/2S', unit: '台', quantity: '2' },
  { name: '热风循环烘箱', spec: 'CT-C-II', unit: '台', quantity: '1' },
  {
    name: '印有“某某牌手撕风干牛肉干（原切黄牛肉）”字样的食品用塑料复合膜包装袋',
    spec: '180mm×260mm，卷膜及制成袋两种，外箱标注客户为“川西牧场电商旗舰店”',
    unit: '千克',
    quantity: '64.2',
    remark: '估重，现场称量',
  },
  { name: '新都区新繁街道虚构路88号3层西侧生产加工场所', spec: '四川省成都市新都区新繁街道虚构路88号' },
];

/** As many rows as asked for, some of them long. */
export const manyItems = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, index) => {
    const base = ITEMS[index % (ITEMS.length - 1)] ?? ITEMS[0];
    return { ...base, remark: `第${index + 1}件` };
  });

/** Sample data of every template, by kind. */
export const SAMPLES: Record<string, Record<string, unknown>> = {
  'report-registration': {
    registeringUnit: BUREAU,
    registrationNo: '新都举〔2024〕0217号',
    reporter: {
      name: '李某某',
      phone: '13800000002',
      address: '四川省成都市金牛区虚构街1号',
      idNumber: '510100197502039982',
    },
    reported: { name: '成都某某食品有限公司', address: '四川省成都市新都区新繁街道虚构路88号' },
    clues:
      '举报人称：2024年1月28日在网络平台“川西牧场电商旗舰店”购买“某某牌手撕风干牛肉干”5袋，共支付198.00元，收货后发现口感、纤维与牛肉明显不同，怀疑为鸭肉冒充牛肉。\n举报人要求查处并下架该产品，已提供订单截图3张、产品照片5张、剩余未开封产品2袋。',
    handler: '王某',
    handledOn: '2024-02-05',
  },
  'case-source-registration': {
    registrationNo: '新都案源〔2024〕31号',
    source: 'tip',
    foundOn: '2024-02-05',
    reporterPerson: { name: '李某某', idNumber: '510100197502039982' },
    reporterContact: { phone: '13800000002', address: '四川省成都市金牛区虚构街1号' },
    party: { name: party.name, address: party.address, phone: party.phone },
    content:
      '2024年2月5日，本局收到李某某电话举报，反映成都某某食品有限公司在网络平台销售的“某某牌手撕风干牛肉干”涉嫌以鸭肉冒充牛肉。经抽样检验，该产品鸭源性成分占比为88%。',
    registrar: '王某',
    registeredOn: '2024-02-05',
    opinion: '请执法大队核查，按规定时限提出是否立案的意见。',
    unitHead: '赵某',
    opinionOn: '2024-02-05',
  },
  'matter-approval': {
    caseName: '成都某某食品有限公司涉嫌未取得许可从事食品生产活动案',
    matter: '实施行政强制措施（查封、扣押）',
    reasons:
      '2024年3月7日，本局会同公安机关对新都区新繁街道虚构路88号进行检查，发现当事人涉嫌未取得食品生产许可从事食品生产活动，现场有成品、半成品、原料及生产设备。\n依据《中华人民共和国食品安全法》第一百一十条第四项、第五项的规定，建议对涉案场所予以查封，对涉案食品、原料、设备予以扣押，期限三十日。',
    handlers: [{ name: '陈某' }, { name: '刘某' }],
    proposedOn: '2024-03-07',
    unitOpinion: '同意经办人意见，报请部门负责人审批。',
    unitHead: '赵某',
    unitOpinionOn: '2024-03-07',
    bureauOpinion: '同意。',
    bureauHead: '孙某',
    bureauOpinionOn: '2024-03-07',
  },
  'onsite-record': {
    from: '2024-03-07T09:30:00+08:00',
    to: '2024-03-07T12:10:00+08:00',
    place: '四川省成都市新都区新繁街道虚构路88号（三层自建房）',
    inspectors: [
      { name: '陈某', certificateNo: '川A0000001' },
      { name: '刘某', certificateNo: '川A0000002' },
    ],
    party,
    partyPresence: '当事人法定代表人张某某在现场，全程配合检查。',
    agency: BUREAU,
    subject: '你单位涉嫌未取得食品生产许可从事食品生产活动',
    answerSeen: '看清楚了。',
    answerRecusal: '不申请回避。',
    findings:
      '一、该处为三层自建房，一层为原料库和冷库，二层为腌制、烘烤间，三层为内包装间和成品库。现场未见食品生产许可证，张某某称尚未办理。\n二、二层有6名工人正在加工肉条，操作台上的肉条经张某某辨认为冻鸭肉切割腌制而成。三层成品库存有“某某牌手撕风干牛肉干”成品，标签配料表标注“牛肉、食用盐、白砂糖、香辛料”。\n三、执法人员现场拍照36张，全程录音录像，并对成品抽样3份、当场封样。成都市公安局新都区分局民警何某、罗某（警号000001、000002）在场协同检查。',
    measureNotice:
      '当事人涉嫌未取得许可从事食品生产活动，依据《中华人民共和国食品安全法》第一百一十条第四项、第五项的规定，对涉案场所予以查封、对涉案财物予以扣押；当事人享有陈述、申辩、申请行政复议和提起行政诉讼的权利。',
    partyStatement: '我知道没有许可证不对，愿意配合调查。设备是租来的，希望尽快查清。',
    readBack: 'checked',
    answerTrue: '以上笔录已核对，记录属实。',
  },
  'sampling-record': {
    party: { ...party, otherContact: '无' },
    product: {
      name: '某某牌手撕风干牛肉干',
      spec: '200g/袋',
      brand: '某某牌',
      shelfLife: '9个月',
      producer: '成都某某食品有限公司',
      price: '39.60元/袋',
      batch: '2024-01-12',
      standard: 'GB/T 23969',
      storage: '常温、阴凉、干燥处',
      licenceNo: 'SC10451011400000',
      grade: '合格品',
      packaging: '预包装（真空袋）',
    },
    method: 'other',
    methodOther: '执法抽样，随机抽取同一批次',
    sampleQuantity: '6袋（含备样3袋），共1.2kg',
    base: '128袋',
    place: '成都某某食品有限公司成品库',
    process:
      '在当事人见证下，由两名办案人员从成品库同一批次产品中随机抽取6袋，其中检验样品3袋、备用样品3袋。',
    sealing: '样品装入抽样袋，加贴封条（编号FY-2024-0001、FY-2024-0002），由办案人员与当事人共同签字确认。',
    sampleStorage: '常温避光保存。',
    officers: [
      { name: '陈某', certificateNo: '川A0000001' },
      { name: '刘某', certificateNo: '川A0000002' },
    ],
    sampledOn: '2024-02-19',
  },
  'measure-decision': {
    party: { ...party, otherContact: '无' },
    suspicion: '未取得食品生产许可从事食品生产活动',
    basis: '《中华人民共和国食品安全法》第一百一十条第四项、第五项',
    targets: ['premises', 'goods'],
    listNumber: '新都市监强制〔2024〕12号',
    measures: ['sealing', 'seizure'],
    periodDays: 30,
    periodFrom: '2024-03-07',
    periodTo: '2024-04-06',
    reconsiderationPeriod: '六十日',
    reconsiderationBody: '成都市新都区人民政府',
    suitPeriod: '六个月',
    court: '成都市新都区',
    contactPerson: '陈某、刘某',
    contactPhone: '028-00000001',
    contactAddress: '四川省成都市新都区虚构大道1号',
    issuedOn: '2024-03-07',
    copies,
  },
  'item-list': { targets: ['premises', 'goods'], items: ITEMS, copies },
  'crime-transfer': {
    addressee: '成都市公安局新都区分局',
    caseName: '成都某某食品有限公司涉嫌生产、销售伪劣产品',
    matter: 'case',
    contactPerson: '陈某',
    contactPhone: '028-00000001',
    contactAddress: '四川省成都市新都区虚构大道1号',
    attachments: [
      { name: '涉嫌犯罪案件移送书', pages: 2 },
      { name: '涉嫌犯罪案件情况的调查报告', pages: 8 },
      { name: '涉案物品清单', pages: 3 },
      { name: '检验报告', pages: 6 },
      { name: '其他有关涉嫌犯罪的材料', pages: 42 },
    ],
    issuedOn: '2024-03-28',
    procuratorate: '成都市新都区',
    copies: { total: 3, served: 1, other: '一份抄送人民检察院' },
  },
};

/** The day on which each sample paper is issued. */
export const ISSUED_ON = '2024-03-07';

const NUMBERS: Record<string, string> = {
  'measure-decision': '新都市监强制〔2024〕12号',
  'item-list': '新都市监强制〔2024〕12号',
  'crime-transfer': '新都市监涉罪移〔2024〕3号',
};

export const book: TemplateBook = loadTemplates([TEMPLATE_DIR]);

/** A paper of this kind, as issued. */
export function sampleInput(kind: string, changes: Partial<RenderInput> = {}): RenderInput {
  return {
    template: templateFor(book, kind, ISSUED_ON),
    data: SAMPLES[kind],
    number: NUMBERS[kind] ?? null,
    issuedAt: new Date('2024-03-07T04:20:00Z'),
    contentHash: '3f8a1c6e5d7b9024a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718',
    verifyUrl: 'https://shian.example.gov.cn/api/documents/verify/7KQ2M9XD',
    draft: false,
    bureauName: BUREAU,
    ...changes,
  };
}
