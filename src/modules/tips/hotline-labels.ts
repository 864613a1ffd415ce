import hotline from '../../data/hotline.json' with { type: 'json' };

type Label = { field: string; names: string[]; inline?: boolean; opens?: string };

/** What stands behind a label: which field it is, and where its value lies in the text. */
export type Part = {
  field: string;
  name: string;
  opens: string | undefined;
  /** `12345` or `12315`, where the label begins with it. */
  before: string;
  from: number;
  to: number;
};

const HIDDEN = /(?![\t\n])\p{Cc}|[\u00a0\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u3000\ufeff]/gu;

/** The text in half width, what hides or turns text made a space; as long as it was, so that places stay true. */
export const foldWidth = (text: string): string =>
  text
    .replace(/\r(?!\n)|[\u0085\u2028\u2029]/g, '\n')
    .replace(HIDDEN, ' ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

const NAMES = new Map(
  (hotline.labels as Label[]).flatMap((label) =>
    label.names.map((name): [string, Label] => [name.toLowerCase(), label]),
  ),
);

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

// The longest first: 诉求人姓名 is not 诉求人.
const LABEL = new RegExp(
  `((?:12345|12315)?(?:热线|平台)?)(${[...NAMES.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map(literal)
    .join('|')})`,
  'giu',
);
/** What divides a label from its value; at the beginning of a line white space is enough. */
const DIVIDER = /(?:\([^()\n]{0,8}\))?[ \t]{0,4}(?:[】\]][ \t]{0,4}:?|:|\t)[ \t]{0,20}/y;
const LOOSE_DIVIDER = /[ ]{2,20}(?=\S)|[ \t]{0,20}\n(?=\S)/y;
const LINE_START = /(?:^|\n)[ \t]{0,20}[【[(]?(?:\d{1,2}[.、])?$/;
const GLUED = /[\p{Script=Han}A-Za-z]$/u;
/** 被投诉人 is not 投诉人. */
const OTHER_WORD = /[被该其非]$/;

type Seen = {
  label: Label;
  name: string;
  before: string;
  start: number;
  valueFrom: number;
  atLineStart: boolean;
};

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

const dividerAt = (text: string, at: number, atLineStart: boolean): string | undefined =>
  matchAt(DIVIDER, text, at) ?? (atLineStart ? matchAt(LOOSE_DIVIDER, text, at) : undefined);

/** In the midst of words only a long name with a colon is a label. */
const standsAlone = (head: string, name: string, divider: string): boolean =>
  !OTHER_WORD.test(head) && (!GLUED.test(head) || (name.length >= 4 && divider.includes(':')));

function seenAt(text: string, found: RegExpExecArray): Seen | undefined {
  const [whole, before = '', name = ''] = found;
  const label = NAMES.get(name.toLowerCase());
  const head = text.slice(Math.max(0, found.index - 24), found.index);
  const atLineStart = LINE_START.test(head);
  const end = found.index + whole.length;
  const divider = dividerAt(text, end, atLineStart);
  if (!label || divider === undefined || !standsAlone(head, name, divider)) return undefined;
  return { label, name, before, start: found.index, valueFrom: end + divider.length, atLineStart };
}

// A work order has some forty; a text made of labels must not cost more than one.
const MOST_LABELS = 400;

function seenLabels(text: string): Seen[] {
  const seen: Seen[] = [];
  LABEL.lastIndex = 0;
  for (let found = LABEL.exec(text); found && seen.length < MOST_LABELS; found = LABEL.exec(text)) {
    const one = seenAt(text, found);
    if (one) seen.push(one);
    LABEL.lastIndex = one ? one.valueFrom : found.index + 1;
  }
  return seen;
}

const LONG = new Set(['narrative', 'demand', 'title']);

/** Whether the value of a field may go over several lines, with other labels in it. */
export const isLong = (field: string): boolean => LONG.has(field);

/** Whether a label ends the long text before it: 地址 in the midst of a narrative does not, nor 商家 behind a comma. */
function endsText(text: string, { label, name, start, atLineStart }: Seen): boolean {
  if (atLineStart || label.inline) return atLineStart;
  const last = text[start - 1] ?? '';
  return /[,、]/.test(last) ? name.length >= 4 : !/[\p{Script=Han}A-Za-z0-9(]/u.test(last);
}

function endOfValue(text: string, seen: readonly Seen[], at: number): number {
  const { label, valueFrom } = seen[at]!;
  if (isLong(label.field))
    return seen.find((next, place) => place > at && endsText(text, next))?.start ?? text.length;
  const next = seen[at + 1]?.start ?? text.length;
  const value = text.slice(valueFrom, next);
  const blank = /^\s*/.exec(value)![0].length;
  const line = value.indexOf('\n', blank);
  return line < 0 ? next : valueFrom + line;
}

const HEAD = new Set(' \t\n:;,。、|】]');
const TAIL = new Set(' \t\n;,。、|【[(');
const TAIL_OF_TEXT = new Set(' \t\n|【[(');

/** A range without the white space and punctuation around it; a long text keeps its last full stop. */
function trimmed(text: string, from: number, to: number, tail = TAIL): { from: number; to: number } {
  let [first, last] = [from, to];
  while (first < last && HEAD.has(text[first]!)) first += 1;
  while (last > first && tail.has(text[last - 1]!)) last -= 1;
  return { from: first, to: last };
}

/** The labelled values of a folded text, in its order; empty ones are left out. */
export function labelledParts(text: string): Part[] {
  const seen = seenLabels(text);
  return seen.flatMap(({ label, name, before, valueFrom }, at) => {
    const end = endOfValue(text, seen, at);
    const { from, to } = trimmed(text, valueFrom, end, isLong(label.field) ? TAIL_OF_TEXT : TAIL);
    return to > from ? [{ field: label.field, name, opens: label.opens, before, from, to }] : [];
  });
}

/** Whether a value says that there is none. */
export const isNothing = (value: string): boolean => hotline.nothing.includes(value.trim());
