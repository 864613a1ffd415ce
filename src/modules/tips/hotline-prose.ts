import hotline from '../../data/hotline.json' with { type: 'json' };
import type { Day } from '../../shared/clock.ts';
import { checkResidentId, checkUscc } from '../../shared/codes.ts';
import { checkLicence, coded, type Found } from './hotline-fields.ts';
import { readAddresses, readCompanies, readPlatforms, readProducts, readQuoted } from './hotline-names.ts';
import {
  type Read,
  readCodes,
  readDays,
  readLicences,
  readNamed,
  readPhones,
  readSums,
} from './hotline-values.ts';

type Prose = { text: string; today: Day };
type Finder = (prose: Prose) => Found[];

const field = (name: string, confidence: number, { value, from, to }: Read<Found['value']>): Found => ({
  name,
  value,
  confidence,
  from,
  to,
});

const before = (text: string, at: number, length: number): string => text.slice(Math.max(0, at - length), at);
const mentions = (text: string, words: readonly string[]): boolean =>
  words.some((word) => text.includes(word));

const findPhones: Finder = ({ text }) =>
  readPhones(text).map(({ value, from, to }) => {
    const theirs = value.kind === 'service' || mentions(before(text, from, 12), hotline.respondentWords);
    const read = { value: value.number, from, to };
    return field(theirs ? 'respondent.phone' : 'reporter.phone', theirs ? 0.6 : 0.7, read);
  });

const TITLE = '(?:先生|女士|小姐|同志|师傅|老师|阿姨)';
const PERSONS = [
  new RegExp(
    `(?:市民|诉求人|来电人|消费者|投诉人|举报人|反映人|信访人|顾客|群众)[:,]?(\\p{Script=Han}{1,3}${TITLE})`,
    'gu',
  ),
  new RegExp(
    `(?<![\\p{Script=Han}])(\\p{Script=Han}{1,2}${TITLE})(?=来电|反映|称|投诉|表示|举报|[,(])`,
    'gu',
  ),
  /(?:我叫|本人姓名[是为]?|本人叫)(\p{Script=Han}{2,4})(?=[,。;\s(]|$)/gu,
];
const ANONYMOUS = /匿名|不愿意?透露(?:姓名|身份|个人信息)|要求(?:对)?(?:身份|个人信息)?保密/g;

const findPersons: Finder = ({ text }) => {
  const named = PERSONS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((found) => {
      const from = found.index + found[0].indexOf(found[1]!);
      return field('reporter.name', 0.6, { value: found[1]!, from, to: from + found[1]!.length });
    }),
  );
  const unnamed = [...text.matchAll(ANONYMOUS)].map((found) =>
    field('reporter.anonymous', 0.7, { value: true, from: found.index, to: found.index + found[0].length }),
  );
  return named.length > 0 ? named : unnamed.slice(0, 1);
};

const AGAINST = /(?:投诉|举报|反映|在|从|商家|店家|店铺|名称?为|名叫)$/;

const findCompanies: Finder = ({ text }) =>
  readCompanies(text).map(({ value, from, to, isFirm }) => {
    const led = AGAINST.test(before(text, from, 6)) ? 0.1 : 0;
    return field('respondent.name', (isFirm ? 0.65 : 0.4) + led, { value, from, to });
  });

const HOME = /(?:家住|住在|住址|居住|现住|户籍)[^,。;]{0,4}$/;

const findAddresses: Finder = ({ text }) =>
  readAddresses(text)
    .filter(({ value, isWhole }) => isWhole || value.length > 4)
    .map(({ isWhole, ...read }) => {
      const isHome = HOME.test(before(text, read.from, 10));
      return field(isHome ? 'reporter.address' : 'respondent.address', isWhole ? 0.65 : 0.35, read);
    });

const SHOP = /[店厂馆坊铺]$|公司$|超市$|餐厅$|酒楼$/;
const VISITED_BEFORE = /(?:在|从|号|店名|名为|名叫|商家|店家|店铺)[是为的:]?$/;
const VISITED_BEHIND = /^.?(?:用餐|就餐|聚餐|消费|吃饭|购买|点餐|堂食|买|这家)/;
const GOODS_BEFORE = /(?:买|购|订|点了|品牌|产品|商品|食品|名为|名称为|生产的)[^,。;“”"「」]{0,15}$/;

const findQuoted: Finder = ({ text }) =>
  readQuoted(text).flatMap((read) => {
    if (hotline.platforms.includes(read.value)) return [];
    if (SHOP.test(read.value)) return [field('respondent.name', 0.75, read)];
    const head = before(text, read.from - 1, 20);
    if (VISITED_BEFORE.test(head) && VISITED_BEHIND.test(text.slice(read.to + 1, read.to + 5)))
      return [field('respondent.name', 0.7, read)];
    return GOODS_BEFORE.test(head) ? [field('productName', 0.7, read)] : [];
  });

const findProducts: Finder = ({ text }) =>
  readProducts(text).map((read, at) => field('productName', at === 0 ? 0.6 : 0.4, read));

const findPlatforms: Finder = ({ text }) => readPlatforms(text).map((read) => field('platform', 0.75, read));

const BOUGHT_NEAR = /买|购|订|下单|消费|就餐|用餐|点了|外卖/;
const OTHER_DAY = /(?:生产日期|生产于|保质期|到期|有效期)[^,。;]{0,6}$/;

const findDays: Finder = ({ text, today }) =>
  readDays(text, today)
    .filter(({ from }) => !OTHER_DAY.test(before(text, from, 14)))
    .map((read) => field('boughtOn', BOUGHT_NEAR.test(text.slice(read.to, read.to + 30)) ? 0.75 : 0.4, read));

const PAID = /花费|花了|消费|支付|付款|付了|共计|合计|总计|货款|价格|价值|金额|单价|售价|买|购/;
const COMPENSATION = /赔|罚|退一|十倍|三倍|奖励/;

function sumConfidence(text: string, { from, to }: Read<number>): number {
  const head = before(text, from, 14)
    .split(/[,。;!?\n]/)
    .at(-1)!;
  if (COMPENSATION.test(head) || /^(?:的)?(?:赔偿|罚款|赔付)/.test(text.slice(to, to + 5))) return 0.15;
  return PAID.test(head) ? 0.75 : 0.5;
}

const findSums: Finder = ({ text }) =>
  readSums(text).map((read) => field('amountFen', sumConfidence(text, read), read));

/** Eighteen characters are a credit code or a resident's number: whichever check they pass. */
const findCodes: Finder = ({ text, today }) => {
  const codes = readCodes(text).map((read) => {
    const resident = checkResidentId(read.value, today);
    const isPerson = resident.ok || /身份证/.test(before(text, read.from, 10));
    return isPerson
      ? coded(field('reporter.idNumber', 0.8, read), resident)
      : coded(field('respondent.party.uscc', 0.85, read), checkUscc(read.value));
  });
  const licences = readLicences(text).map((read) =>
    coded(field('respondent.party.foodLicence', 0.85, read), checkLicence(read.value)),
  );
  return [...codes, ...licences];
};

const findNumbers: Finder = ({ text }) => [
  ...readNamed(text, '订单号|订单编号|订单|交易单号').map((read) => field('orderNo', 0.75, read)),
  ...readNamed(text, '批号|批次号|批次').map((read) => field('batchNo', 0.7, read)),
  ...readNamed(text, '工单编号|工单号|诉求编号').map((read) => field('outsideNumber', 0.75, read)),
];

// 要求：1.退款；2.赔偿 goes on behind its semicolons.
const DEMAND = new RegExp(
  `(?:${hotline.demandWords.join('|')})[^。!?;\\n]{2,300}(?:;[ ]?\\(?\\d[.、)][^。!?;\\n]{2,200}){0,9}`,
  'g',
);

const findDemand: Finder = ({ text }) =>
  [...text.matchAll(DEMAND)]
    .filter((found) => !mentions(before(text, found.index, 3), ['商家', '店家', '对方', '卖家', '客服']))
    .slice(-1)
    .map((found) => {
      const value = found[0].trimEnd();
      return field('demand', 0.7, { value, from: found.index, to: found.index + value.length });
    });

function wordsFor(text: string, words: readonly string[]): Read<string>[] {
  return words.flatMap((value) => {
    const from = text.indexOf(value);
    return from < 0 ? [] : [{ value, from, to: from + value.length }];
  });
}

const findCategory: Finder = ({ text }) =>
  hotline.categories.flatMap(({ category, words }) =>
    wordsFor(text, words)
      .slice(0, 1)
      .map((read) => field('category', 0.5, { ...read, value: category })),
  );

const findKind: Finder = ({ text }) =>
  Object.entries(hotline.kinds).flatMap(([kind, words]) => {
    const found = wordsFor(text, words);
    return found.slice(0, 1).map((read) => {
      const confidence = Math.min(0.4 + 0.1 * found.length, 0.7);
      return field('kind', confidence, { ...read, value: kind });
    });
  });

const FINDERS: readonly Finder[] = [
  findPersons,
  findPhones,
  findCompanies,
  findQuoted,
  findAddresses,
  findCodes,
  findProducts,
  findPlatforms,
  findDays,
  findSums,
  findNumbers,
  findDemand,
  findCategory,
  findKind,
];

/** What a text says without labels. */
export const proseFields = (prose: Prose): Found[] => FINDERS.flatMap((find) => find(prose));
