import hotline from '../../data/hotline.json' with { type: 'json' };
import type { Day } from '../../shared/clock.ts';
import {
  checkJyLicence,
  checkResidentId,
  checkScLicence,
  checkUscc,
  type CodeCheck,
} from '../../shared/codes.ts';
import { cleanLine, cleanText, truncate } from '../../shared/text.ts';
import { isNothing } from './hotline-labels.ts';
import {
  readCodes,
  readDays,
  readInstant,
  readLabelledSum,
  readLicences,
  readPhones,
} from './hotline-values.ts';

/** A field read from a text; `warning` is the key of a sentence. */
export type Found = {
  name: string;
  value: string | number | boolean;
  confidence: number;
  from: number;
  to: number;
  warning?: string;
};

/** A value behind its label: as it was pasted, and in half width. */
export type Slice = { raw: string; text: string; from: number; to: number; today: Day };

type Reader = (slice: Slice) => Found[];

/** Behind its label and well formed; behind its label; behind it, but odd. */
export const SURE = 0.95;
const LIKELY = 0.85;
const ODD = 0.4;

const whole = ({ from, to }: Slice, name: string, value: Found['value'], confidence = SURE): Found => ({
  name,
  value,
  confidence,
  from,
  to,
});

/** A read value, its place counted from the beginning of the text. */
const placed = (
  slice: Slice,
  read: { value: Found['value']; from: number; to: number },
  name: string,
): Found => ({
  name,
  value: read.value,
  confidence: SURE,
  from: slice.from + read.from,
  to: slice.from + read.to,
});

const SENTENCE_END = /[。;]/;
const CLAUSE_END = /[,。;]/;

const line =
  (name: string, max: number, end = SENTENCE_END): Reader =>
  (behind) => {
    // Where no other label follows the line goes on as prose.
    const length = end.exec(behind.text)?.index || behind.text.length;
    const slice = { ...behind, raw: behind.raw.slice(0, length), to: behind.from + length };
    const text = cleanLine(slice.raw);
    const value = truncate(text, max);
    if (value === '' || isNothing(behind.text)) return [];
    return [whole(slice, name, value, value === text ? SURE : ODD)];
  };

/** Text of several lines. */
export const long =
  (name: string, max: number, confidence = SURE): Reader =>
  (slice) => {
    const value = truncate(cleanText(slice.raw), max);
    return value === '' || isNothing(slice.text) ? [] : [whole(slice, name, value, confidence)];
  };

const LOCAL_NUMBER = /\d{5,12}/;

const phones =
  (name: string): Reader =>
  (slice) => {
    const read = readPhones(slice.text);
    const found = read.map(({ value, from, to }, at) => ({
      ...placed(slice, { value: value.number, from, to }, name),
      confidence: at === 0 ? SURE : LIKELY,
    }));
    const local = read.length > 0 ? null : LOCAL_NUMBER.exec(slice.text);
    if (!local) return found;
    const to = local.index + local[0].length;
    return [{ ...placed(slice, { value: local[0], from: local.index, to }, name), confidence: ODD }];
  };

const PERSON = /^[\p{Script=Han}A-Za-z·.㐀-鿿\p{Co}]{1,40}(?: [A-Za-z.]{1,30}){0,4}/u;
const isAnonymous = (text: string): boolean => hotline.anonymous.some((word) => text.includes(word));

const person: Reader = (slice) => {
  if (isNothing(slice.text)) return [];
  const numbers = phones('reporter.phone')(slice).filter(({ confidence }) => confidence > ODD);
  if (isAnonymous(slice.text)) return [whole(slice, 'reporter.anonymous', true), ...numbers];
  const name = PERSON.exec(slice.text)?.[0];
  if (name === undefined) return numbers;
  const to = slice.from + name.length;
  const value = cleanLine(slice.raw.slice(0, name.length));
  return [{ ...whole(slice, 'reporter.name', value), to }, ...numbers];
};

const COMPANY = /^[^\s,。;、|]{2,200}/;

const company: Reader = (slice) => {
  if (isNothing(slice.text)) return [];
  const numbers = phones('respondent.phone')(slice).filter(({ confidence }) => confidence > ODD);
  const end = numbers[0]?.from ?? slice.to;
  const text = slice.text.slice(0, end - slice.from).replace(/[\s(,;:、]*(?:联系)?(?:电话)?[\s(:]*$/, '');
  const short = COMPANY.exec(text)?.[0] ?? '';
  // What stands behind a comma is an address or a remark; an English name has spaces.
  const length = /[\p{Script=Han}]/u.test(short) ? short.length : text.length;
  const value = truncate(cleanLine(slice.raw.slice(0, length)), 200);
  return value === ''
    ? []
    : [{ ...whole(slice, 'respondent.name', value), to: slice.from + length }, ...numbers];
};

/** A code with what its own check says of it. */
export const coded = (found: Found, check: CodeCheck): Found => {
  if (!check.ok) return { ...found, confidence: ODD, warning: check.reason };
  const [warning] = check.warnings;
  return { ...found, value: check.value, ...(warning === undefined ? {} : { warning }) };
};

const uscc: Reader = (slice) => {
  const read = readCodes(slice.text)[0];
  const found = read
    ? placed(slice, read, 'respondent.party.uscc')
    : line('respondent.party.uscc', 40)(slice)[0];
  return found ? [coded(found, checkUscc(String(found.value)))] : [];
};

/** A licence with its check, by its first letters. */
export const checkLicence = (code: string): CodeCheck =>
  code.startsWith('JY') ? checkJyLicence(code) : checkScLicence(code);

const licence: Reader = (slice) => {
  const read = readLicences(slice.text)[0];
  if (!read) return line('respondent.party.foodLicence', 40)(slice);
  return [coded(placed(slice, read, 'respondent.party.foodLicence'), checkLicence(read.value))];
};

const identity: Reader = (slice) => {
  const read = readCodes(slice.text)[0];
  const found = read ? placed(slice, read, 'reporter.idNumber') : line('reporter.idNumber', 40)(slice)[0];
  // Behind 证件号码 may stand another paper's: only one of eighteen figures is held to be a resident's.
  return found ? [read ? coded(found, checkResidentId(read.value, slice.today)) : found] : [];
};

const day =
  (name: string): Reader =>
  (slice) =>
    readDays(slice.text, slice.today)
      .slice(0, 1)
      .map((read) => placed(slice, read, name));

const instant =
  (confidence: number): Reader =>
  (slice) => {
    const read = readInstant(slice.text, slice.today);
    if (!read) return [];
    return [{ ...placed(slice, read, 'receivedAt'), confidence: read.hasTime ? confidence : ODD }];
  };

const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/;
const NUMBER = /[A-Za-z0-9][A-Za-z0-9/_-]{3,99}/;

const matching =
  (name: string, pattern: RegExp): Reader =>
  (slice) => {
    const found = pattern.exec(slice.text);
    if (!found) return [];
    return [placed(slice, { value: found[0], from: found.index, to: found.index + found[0].length }, name)];
  };

const yes =
  (name: string): Reader =>
  (slice) => {
    // 是 before 否 is a form nobody has ticked.
    const no = /^(?:否|不同意|不|□是\s*[☑√■]否)/.test(slice.text);
    const agrees = /^(?:是$|同意|[☑√■]是)/.test(slice.text);
    return no === agrees ? [] : [whole(slice, name, agrees)];
  };

/** Which kind of tip words speak for; undefined where they speak for several or none. */
export function kindOf(text: string): 'complaint' | 'report' | 'enquiry' | undefined {
  const [complaint, report] = [text.includes('投诉'), text.includes('举报')];
  if (complaint !== report) return complaint ? 'complaint' : 'report';
  return !complaint && text.includes('咨询') ? 'enquiry' : undefined;
}

const kind: Reader = (slice) => {
  const value = kindOf(slice.text);
  return value === undefined ? [] : [whole(slice, 'kind', value)];
};

const channel: Reader = (slice) => {
  const found = hotline.channels.find(({ words }) =>
    words.some((word) => slice.text.toUpperCase().includes(word)),
  );
  return found ? [whole(slice, 'channel', found.channel, LIKELY)] : [];
};

const sum: Reader = (slice) => {
  const read = readLabelledSum(slice.text);
  return read ? [placed(slice, read, 'amountFen')] : [];
};

/** How the value behind each label is read; what is labelled 编号 needs more than its own text. */
export const READERS: Record<string, Reader> = {
  kind,
  channel,
  receivedAt: instant(SURE),
  // When the hotline took it, not when we did.
  registeredAt: instant(0.5),
  'reporter.name': person,
  'reporter.phone': phones('reporter.phone'),
  'reporter.address': line('reporter.address', 300),
  idNumber: identity,
  email: matching('reporter.email', EMAIL),
  'respondent.name': company,
  'respondent.address': line('respondent.address', 300),
  'respondent.phone': phones('respondent.phone'),
  eventArea: (slice) =>
    line('respondent.address', 300)(slice).map((found) => ({ ...found, confidence: ODD })),
  uscc,
  foodLicence: licence,
  narrative: long('narrative', 20_000),
  title: long('narrative', 20_000, 0.5),
  demand: long('demand', 5000),
  productName: line('productName', 200, CLAUSE_END),
  brand: line('brand', 100, CLAUSE_END),
  batchNo: line('batchNo', 100, CLAUSE_END),
  boughtOn: day('boughtOn'),
  boughtAt: line('boughtAt', 300),
  platform: line('platform', 200, CLAUSE_END),
  orderNo: matching('orderNo', NUMBER),
  amount: sum,
  consentPublish: yes('consentPublish'),
  consentDelegate: yes('consentDelegate'),
  outsideNumber: matching('outsideNumber', NUMBER),
};
