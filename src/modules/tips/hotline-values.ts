import { NUMERALS, readChineseNumber } from '../../shared/chinese-numbers.ts';
import { addDays, type Day, isDay, yearOf } from '../../shared/clock.ts';

/** A value read from a folded text, and where it stands in it. */
export type Read<T> = { value: T; from: number; to: number };

const reads = <T>(
  text: string,
  pattern: RegExp,
  read: (found: RegExpMatchArray) => T | undefined,
): Read<T>[] =>
  [...text.matchAll(pattern)].flatMap((found) => {
    const value = read(found);
    return value === undefined ? [] : [{ value, from: found.index, to: found.index + found[0].length }];
  });

export type Phone = { number: string; kind: 'mobile' | 'landline' | 'service' };

const MOBILE = /(?<![\dA-Za-z])(?:\+?86[- ]{0,2})?(1[3-9]\d)[- ]{0,2}(\d{4})[- ]{0,2}(\d{4})(?!\d)/g;
const LANDLINE = /(?<![\dA-Za-z-])\(?(0\d{2,3})\)?[- ]{0,2}([2-9]\d{6,7})((?:转|-)\d{1,5})?(?!\d)/g;
const SERVICE = /(?<![\dA-Za-z-])([48]00)[- ]?(\d{3})[- ]?(\d{4})(?!\d)/g;

/** Telephone numbers in the order they stand in. */
export function readPhones(text: string): Read<Phone>[] {
  const numbers = (kind: Phone['kind'], pattern: RegExp): Read<Phone>[] =>
    reads(text, pattern, ([, ...groups]) => ({ number: groups.filter(Boolean).join(''), kind }));
  return [
    ...numbers('mobile', MOBILE),
    ...numbers('landline', LANDLINE),
    ...numbers('service', SERVICE),
  ].toSorted((a, b) => a.from - b.from);
}

const FIGURE = '(\\d{1,4}|[〇零一二三四五六七八九十]{1,4})';
const FULL_DAY = new RegExp(
  `(?<![\\d〇零一二三四五六七八九十])${FIGURE}\\s?[年/.-]\\s?${FIGURE}\\s?[月/.-]\\s?${FIGURE}(?!\\d)[日号]?`,
  'g',
);
const SHORT_DAY = new RegExp(`(今年|去年|前年)?(?<![\\d年/.-])${FIGURE}月${FIGURE}[日号]`, 'g');
const NEAR_DAY = /大前天|今天|今日|昨天|昨日|前天|前日/g;
const DAYS_AGO = new Map([
  ['今', 0],
  ['昨', 1],
  ['前', 2],
  ['大', 3],
]);
const YEARS_AGO = new Map([
  ['今年', 0],
  ['去年', 1],
  ['前年', 2],
]);

const dayOfParts = (year: number, month: number, date: number): Day | undefined => {
  const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isDay(day) ? day : undefined;
};

function fullDay([, year = '', month = '', date = '']: RegExpMatchArray): Day | undefined {
  const [y, m, d] = [year, month, date].map((text) => readChineseNumber(text) ?? 0) as [
    number,
    number,
    number,
  ];
  return dayOfParts(y < 100 && /^\d{2}$/.test(year) ? 2000 + y : y, m, d);
}

/** A day without its year: the latest such day that has come. */
function shortDay([, when, month = '', date = '']: RegExpMatchArray, today: Day): Day | undefined {
  const [m, d] = [month, date].map((text) => readChineseNumber(text) ?? 0) as [number, number];
  const year = yearOf(today) - (when === undefined ? 0 : YEARS_AGO.get(when)!);
  const day = dayOfParts(year, m, d);
  return when === undefined && day !== undefined && day > today ? dayOfParts(year - 1, m, d) : day;
}

/** Days that are past, in the order they stand in. */
export function readDays(text: string, today: Day): Read<Day>[] {
  const full = reads(text, FULL_DAY, fullDay);
  const short = reads(text, SHORT_DAY, (found) => shortDay(found, today)).filter(
    (one) => !full.some(({ from, to }) => one.from < to && from < one.to),
  );
  const near = reads(text, NEAR_DAY, ([word]) => addDays(today, -DAYS_AGO.get(word[0]!)!));
  return [...full, ...short, ...near]
    .filter(({ value }) => value <= today && value >= '1990-01-01')
    .toSorted((a, b) => a.from - b.from);
}

const TIME = /^[T ]{0,2}([01]?\d|2[0-3])[:时点]([0-5]\d)(?:[:分]([0-5]\d))?/;

/** The first moment of a text with a day, and with a time where one stands behind it. */
export function readInstant(text: string, today: Day): (Read<string> & { hasTime: boolean }) | undefined {
  const day = readDays(text, today)[0];
  if (!day) return undefined;
  const time = TIME.exec(text.slice(day.to, day.to + 20));
  const [whole = '', hour = '00', minute = '00', second = '00'] = time ?? [];
  const value = `${day.value}T${hour.padStart(2, '0')}:${minute}:${second}+08:00`;
  return { value, from: day.from, to: day.to + whole.length, hasTime: time !== null };
}

const WORDS = `[${NUMERALS}]`;
const SUM = new RegExp(
  `(?<![\\d.A-Za-z])(?:人民币|RMB|¥|￥|共|约)?[ ]?` +
    `(\\d{1,3}(?:,\\d{3}){1,4}(?:\\.\\d{1,2})?|\\d{1,12}(?:\\.\\d{1,2})?(?:[万千百]\\d?千?)?|${WORDS}{1,20})` +
    // 98块5 is 98.50; 98元5袋 is not.
    `[ ]?(?:余|多)?(?:元|块钱?|圆)整?(?:(\\d|${WORDS})(?:[角毛](?:(\\d|${WORDS})分)?|(?<=块.)(?![\\d.\\p{Script=Han}])))?`,
  'gu',
);
const SIGNED =
  /[¥￥]\s?(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,2})?)(?![\d.]|\s?(?:元|块|圆))/g;
const BARE = /^(?:人民币|RMB|¥|￥)?\s{0,4}(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,2})?)$/;

function fenOf(yuan: string, jiao = '0', fen = '0'): number | undefined {
  const [whole, tenths, hundredths] = [yuan.replaceAll(',', ''), jiao, fen].map(readChineseNumber);
  if (whole === null || whole === undefined) return undefined;
  const sum = Math.round(whole * 100) + (tenths ?? 0) * 10 + (hundredths ?? 0);
  return Number.isSafeInteger(sum) && sum <= 10_000_000_000_000 ? sum : undefined;
}

/** Sums of money in fen, in the order they stand in. */
export const readSums = (text: string): Read<number>[] =>
  [
    ...reads(text, SUM, ([, yuan = '', jiao, fen]) => fenOf(yuan, jiao, fen)),
    ...reads(text, SIGNED, ([, yuan = '']) => fenOf(yuan)),
  ].toSorted((a, b) => a.from - b.from);

/** A sum behind a label that says it is one: it may stand without its unit. */
export function readLabelledSum(text: string): Read<number> | undefined {
  const bare = BARE.exec(text);
  const fen = bare ? fenOf(bare[1]!) : undefined;
  return fen === undefined ? readSums(text)[0] : { value: fen, from: 0, to: text.length };
}

/** What may be a credit code or a resident's number: eighteen figures and letters, however they are set apart. */
export const readCodes = (text: string): Read<string>[] =>
  reads(text, /(?<![\dA-Za-z])[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){17}(?![\dA-Za-z])/g, ([code]) =>
    /\d{6}/.test(code.replace(/[ -]/g, '')) ? code.replace(/[ -]/g, '').toUpperCase() : undefined,
  );

/** Food licences: SC or JY and fourteen figures. */
export const readLicences = (text: string): Read<string>[] =>
  reads(text, /(?<![A-Za-z])(?:SC|JY)[ ]?\d{14}(?!\d)/gi, ([code]) => code.replace(/ /g, '').toUpperCase());

/** Order numbers that are called so, and batch numbers. */
export const readNamed = (text: string, words: string): Read<string>[] =>
  [
    ...text.matchAll(new RegExp(`(?:${words})[^\\dA-Za-z,。;\\n]{0,6}([A-Za-z0-9][A-Za-z0-9/-]{3,39})`, 'g')),
  ].map((found) => {
    const to = found.index + found[0].length;
    return { value: found[1]!, from: to - found[1]!.length, to };
  });
