import hotline from '../../data/hotline.json' with { type: 'json' };
import type { Day } from '../../shared/clock.ts';
import { cleanLine } from '../../shared/text.ts';
import { type Found, kindOf, long, READERS, type Slice } from './hotline-fields.ts';
import { foldWidth, isLong, labelledParts, type Part } from './hotline-labels.ts';
import { proseFields } from './hotline-prose.ts';

export type { Found } from './hotline-fields.ts';

type Section = 'reporter' | 'respondent' | null;

/** Labels that both sides have mean the side that was spoken of last. */
const SHARED: Record<string, { reporter: string; respondent: string }> = {
  name: { reporter: 'reporter.name', respondent: 'respondent.contact' },
  phone: { reporter: 'reporter.phone', respondent: 'respondent.phone' },
  address: { reporter: 'reporter.address', respondent: 'respondent.address' },
  respondentName: { reporter: 'respondent.name', respondent: 'respondent.name' },
};

const INLINE = new Set(hotline.labels.filter((label) => label.inline).map(({ field }) => field));

function nextSection(section: Section, { field, opens }: Part): Section {
  if (opens === 'reporter' || opens === 'respondent') return opens;
  if (field === 'respondentName') return 'respondent';
  // 工单编号, 诉求内容 …: what follows is nobody's in particular.
  return INLINE.has(field) || field.startsWith('respondent.') || field.startsWith('reporter.')
    ? section
    : null;
}

const CALLER = /(?:诉求人|市民|投诉人|举报人|来电人|反映人|消费者|先生|女士|本人)[^(]{0,3}$/;

/** In brackets inside a narrative a number is that of whoever stands before the bracket. */
function sideInBrackets(text: string, from: number): Section {
  const head = text.slice(Math.max(0, from - 60), from);
  const open = head.lastIndexOf('(');
  if (open < 0 || head.includes(')', open)) return null;
  return CALLER.test(head.slice(0, open)) ? 'reporter' : 'respondent';
}

function readerOf(text: string, part: Part, section: Section): string {
  const shared = SHARED[part.field];
  if (!shared) return part.field;
  // An address that belongs to nobody is where it happened; a telephone number is the caller's.
  const other = part.field === 'address' ? 'respondent' : 'reporter';
  return shared[section ?? sideInBrackets(text, part.from) ?? other];
}

function labelledFields(text: string, sliceOf: (part: Part) => Slice, parts: readonly Part[]): Found[] {
  let section: Section = null;
  return parts.flatMap((part) => {
    section = nextSection(section, part);
    const found = READERS[readerOf(text, part, section)]?.(sliceOf(part)) ?? [];
    if (part.field !== 'outsideNumber') return found;
    return found.map((one) => ({ ...one, name: `outsideNumber:${part.before}` }));
  });
}

/** 举报人, 投诉内容: the labels themselves say what it is. */
function kindOfLabels(parts: readonly Part[]): Found[] {
  const telling = parts.find(({ name }) => kindOf(name) !== undefined);
  const value = telling && kindOf(parts.map(({ name }) => name).join(' '));
  return value ? [{ name: 'kind', value, confidence: 0.75, from: telling.from, to: telling.to }] : [];
}

const TEXTUAL = new Set([
  'reporter.name',
  'respondent.name',
  'respondent.address',
  'reporter.address',
  'productName',
  'demand',
]);

/** A text is taken as it was pasted, not as it was folded to be read. */
const asPasted = (raw: string, found: Found): Found =>
  TEXTUAL.has(found.name) ? { ...found, value: cleanLine(raw.slice(found.from, found.to)) } : found;

type Range = { from: number; to: number };

/** What is left to read as prose: the long texts where they are labelled, else all but what was read already. */
function proseOf(text: string, parts: readonly Part[], read: readonly Found[]): string {
  const blank = ({ from, to }: Range): string => ' '.repeat(to - from);
  const long = parts.filter(({ field }) => isLong(field));
  const kept = (at: Range): string => text.slice(at.from, at.to);
  const isTold = long.some(({ field }) => field === 'narrative');
  const base = isTold ? overlaid(' '.repeat(text.length), long, kept) : text;
  const done = read.filter(({ name }) => !isLong(name));
  return overlaid(base, [...parts.filter(({ field }) => field === 'ignored'), ...done], blank);
}

function overlaid(text: string, parts: readonly Range[], by: (part: Range) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    if (part.from < at) continue;
    pieces.push(text.slice(at, part.from), by(part));
    at = part.to;
  }
  return [...pieces, text.slice(at)].join('');
}

const countOf = (text: string, word: string): number => text.split(word).length - 1;

/** Whose number it is: said before it, else whose words the text is made of. */
function systemOf(before: string, text: string): string {
  const said = hotline.systems.find(({ system }) => before.includes(system));
  if (said) return said.system;
  const scores = hotline.systems.map(({ system, words }) => ({
    system,
    score: words.reduce((total, word) => total + Math.min(countOf(text, word), 3), 0),
  }));
  const best = scores.toSorted((a, b) => b.score - a.score)[0]!;
  return best.score > 0 ? best.system : 'other';
}

const MOST_NUMBERS = 10;

/** Numbers of other systems under the names the body gives them, each number once. */
function numberFields(found: readonly Found[], text: string): Found[] {
  const seen = new Map<string, Found>();
  for (const one of found) if (!seen.has(String(one.value))) seen.set(String(one.value), one);
  return [...seen.values()].slice(0, MOST_NUMBERS).flatMap((one, at) => [
    { ...one, name: `outsideNumbers.${at}.number` },
    { ...one, name: `outsideNumbers.${at}.system`, value: systemOf(one.name, text), confidence: 0.7 },
  ]);
}

const MOST_ALTERNATIVES = 5;
const rounded = (found: Found): Found => ({ ...found, confidence: Math.round(found.confidence * 100) / 100 });
const byConfidence = (a: Found, b: Found): number => b.confidence - a.confidence || a.from - b.from;

/** The likeliest of each name first, each value once. */
function ranked(found: readonly Found[]): Found[] {
  const names = [...new Set(found.map(({ name }) => name))];
  return names.flatMap((name) => {
    const seen = new Set<unknown>();
    const distinct = found
      .filter((one) => one.name === name)
      .toSorted(byConfidence)
      .filter(({ value }) => !seen.has(value) && seen.add(value));
    return distinct.slice(0, MOST_ALTERNATIVES).map(rounded);
  });
}

/** Prose has no say where a label was clear. */
const SETTLED = 0.8;

function withProse(labelled: readonly Found[], prose: readonly Found[]): Found[] {
  const settled = new Set(
    labelled.filter(({ confidence }) => confidence >= SETTLED).map(({ name }) => name.split(':')[0]),
  );
  const isNamed = settled.has('reporter.name');
  return [
    ...labelled,
    ...prose.filter(({ name }) => !settled.has(name) && !(isNamed && name === 'reporter.anonymous')),
  ];
}

/** A narrative nobody labelled is the whole text. */
function narrativeOf(found: readonly Found[], slice: Slice): Found[] {
  return found.some(({ name }) => name === 'narrative') ? [] : long('narrative', 20_000, 0.6)(slice);
}

const CHANNELS = new Map([
  ['12345', '12345'],
  ['12315', '12315_hotline'],
]);

function channelOf(found: readonly Found[]): Found[] {
  const system = found.find(({ name, value }) => name.endsWith('.system') && CHANNELS.has(String(value)));
  if (!system || found.some(({ name }) => name === 'channel')) return [];
  return [{ ...system, name: 'channel', value: CHANNELS.get(String(system.value))!, confidence: 0.6 }];
}

/**
 * Reads a pasted text into fields of a tip, each with where it stands and how sure it is. Pure; the time it takes grows
 * with the length of the text. Places are those of `raw`.
 */
export function readHotline(raw: string, today: Day): Found[] {
  const text = foldWidth(raw);
  const parts = labelledParts(text);
  const sliceOf = ({ from, to }: Range): Slice => ({
    raw: raw.slice(from, to),
    text: text.slice(from, to),
    from,
    to,
    today,
  });
  const labelled = labelledFields(text, sliceOf, parts);
  const prose = proseFields({ text: proseOf(text, parts, labelled), today }).map((one) => asPasted(raw, one));
  const read = withProse([...labelled, ...kindOfLabels(parts)], prose);
  const numbers = numberFields(
    read.filter(({ name }) => name.startsWith('outsideNumber')),
    text,
  );
  const fields = [...read.filter(({ name }) => !name.startsWith('outsideNumber')), ...numbers];
  const more = [...narrativeOf(fields, sliceOf({ from: 0, to: raw.length })), ...channelOf(fields)];
  return ranked([...fields, ...more]);
}
