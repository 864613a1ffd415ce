import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import hotline from '../../data/hotline.json' with { type: 'json' };
import type { Read } from './hotline-values.ts';

const DIVISIONS = join(import.meta.dirname, '../../data/divisions');

const alternatives = (words: readonly string[]): string =>
  words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
    .join('|');

/** Names of provinces, cities, counties, streets and towns; what only heads a list of the standard is none. */
const PLACES: ReadonlySet<string> = new Set(
  ['counties.csv', 'streets-51.csv']
    .flatMap((name) => readFileSync(join(DIVISIONS, name), 'utf8').split(/\r?\n/).slice(1))
    .map((line) => line.split(',')[1] ?? '')
    .filter((name) => name.length > 1 && !/^(市辖区|县|.*直辖县级行政区划)$/.test(name)),
);
const LONGEST_PLACE = Math.max(...[...PLACES].map((name) => name.length));
const PLACE_END = /[省市区县州盟旗镇乡]|街道|开发区|新区/g;

function lengthOfPlace(text: string, to: number): number {
  for (let length = Math.min(to, LONGEST_PLACE); length > 1; length -= 1) {
    if (PLACES.has(text.slice(to - length, to))) return length;
  }
  return 0;
}

/** The divisions that are named in a text. */
function placesIn(text: string): Read<string>[] {
  const places: Read<string>[] = [];
  for (const end of text.matchAll(PLACE_END)) {
    const to = end.index + end[0].length;
    const length = lengthOfPlace(text, to);
    if (length > 0) places.push({ value: text.slice(to - length, to), from: to - length, to });
    if (places.length === MOST) break;
  }
  return places;
}

/** More of anything than a matter has, so that a text made of nothing else costs no more. */
const MOST = 200;

/** The first finds of a pattern. */
function* finds(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  let left = MOST;
  for (const found of text.matchAll(pattern)) {
    if (left === 0) return;
    left -= 1;
    yield found;
  }
}

const WITHIN = /^(?!的|购买|就餐|消费|经营|开设|有一|买|吃|开了)[\p{Script=Han}A-Za-z0-9\-#()]/u;
const ADDRESS_END =
  /\d{1,5}(?:-\d{1,5})?号(?:附\d{1,4}号)?|[附\d]{0,4}\d号|\d{1,4}[栋幢楼层室座组]|[路巷村社]|街(?!道)|大道|小区|广场|大厦|市场|商城|花园|园区|商场/g;
const MOST_ADDRESS = 60;

function endOfAddress(text: string, from: number): number {
  let to = from;
  while (to < text.length && to - from < MOST_ADDRESS && WITHIN.test(text.slice(to, to + 2))) to += 1;
  const last = [...text.slice(from, to).matchAll(ADDRESS_END)].at(-1);
  return last ? from + last.index + last[0].length : from;
}

/** Addresses that begin with a division of the country and go on to a road, a village or a house. */
export function readAddresses(text: string): (Read<string> & { isWhole: boolean })[] {
  const found: (Read<string> & { isWhole: boolean })[] = [];
  for (const place of placesIn(text)) {
    const last = found.at(-1);
    if (last && place.to <= last.to) continue;
    const touches = last !== undefined && !last.isWhole && last.to === place.from;
    const from = touches ? last.from : place.from;
    const to = endOfAddress(text, place.to);
    if (touches) found.pop();
    found.push({ value: text.slice(from, to), from, to, isWhole: to > place.to });
  }
  return found;
}

const SUFFIX = new RegExp(`(?:${alternatives(hotline.companySuffixes)}|店|厂)`, 'g');
const WEAK = /^[店厂]$/;
const IN_NAME = /[\p{Script=Han}A-Za-z0-9()·&]/u;
// 到 and 去 begin a name now and then; behind a day or a person they do not.
const BOUNDARY = new RegExp(
  `.*(?:${alternatives(hotline.nameBoundaries)}|[天日人民者她他午晚上后先][到去向至])`,
  's',
);
const MOST_NAME = 40;

/** Where a name that ends at `to` begins: at most forty characters back, behind the last word no name has inside. */
function startOfName(text: string, suffixAt: number): number {
  let from = suffixAt;
  while (from > 0 && suffixAt - from < MOST_NAME && IN_NAME.test(text[from - 1]!)) from -= 1;
  const run = text.slice(from, suffixAt);
  const address = readAddresses(run).findLast(({ isWhole }) => isWhole);
  const behind = Math.max(BOUNDARY.exec(run)?.[0].length ?? 0, address?.to ?? 0);
  return from + behind;
}

/** Names of companies and shops, by the word they end with; `isFirm`, where that word leaves no doubt. */
export function readCompanies(text: string): (Read<string> & { isFirm: boolean })[] {
  const found: (Read<string> & { isFirm: boolean })[] = [];
  for (const suffix of finds(text, SUFFIX)) {
    const to = suffix.index + suffix[0].length;
    const from = startOfName(text, suffix.index);
    const value = text.slice(from, to);
    const last = found.at(-1);
    // 永辉超市有限公司 is one name, not a shop and a company.
    if (last && last.from === from) found.pop();
    if (suffix.index - from >= 2 && !/^[()·&\d]/.test(value))
      found.push({ value, from, to, isFirm: !WEAK.test(suffix[0]) });
  }
  return found;
}

const PLATFORM = new RegExp(alternatives(hotline.platforms), 'g');
const PAYMENT = /^(?:支付|付款|转账|扫码|号|联系|好友|群|红包)/;

/** Shopping and delivery platforms; not where one only pays by it. */
export const readPlatforms = (text: string): Read<string>[] =>
  [...finds(text, PLATFORM)].flatMap((found) => {
    const to = found.index + found[0].length;
    return PAYMENT.test(text.slice(to, to + 4)) ? [] : [{ value: found[0], from: found.index, to }];
  });

const QUOTED = /[“"「『《]([^“”"「」『』《》\n]{2,30})[”"」』》]/g;

/** What stands in quotation marks. */
export const readQuoted = (text: string): Read<string>[] =>
  [...finds(text, QUOTED)].map((found) => ({
    value: found[1]!,
    from: found.index + 1,
    to: found.index + found[0].length - 1,
  }));

const UNITS = alternatives(hotline.units);
const COUNT = `(?:[约共]{0,2}(?:\\d{1,4}(?:\\.\\d{1,2})?|[一二两三四五六七八九十半几]{1,3})[ ]?(?:${UNITS})装?)`;
const BOUGHT = new RegExp(`(?:${alternatives(hotline.productVerbs)})[了过到的]{0,2}${COUNT}?的?`, 'g');
const PRODUCT_END = new RegExp(
  `[,。;:、!?\\s(\\[【“”"「」《》]|${COUNT}|后|发现|花费|花了|价格|单价|[总共]计|支付|付款|付了|吃|食用|怀疑|[但因在时]|一共|并|里面|[内中]|回家|送|收到|打开|订单|\\d`,
);
const MOST_PRODUCT = 24;

/** What was bought, behind the word that says so. */
export const readProducts = (text: string): Read<string>[] =>
  [...finds(text, BOUGHT)].flatMap((found) => {
    const from = found.index + found[0].length;
    const run = text.slice(from, from + MOST_PRODUCT);
    const value = run.slice(0, PRODUCT_END.exec(run)?.index ?? run.length);
    const isVague = hotline.vagueProducts.includes(value) || /[店厂]$|公司$|超市$/.test(value);
    return value.length < 2 || isVague ? [] : [{ value, from, to: from + value.length }];
  });
