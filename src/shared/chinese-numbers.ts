const DIGITS = new Map(
  ['零〇', '一壹', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
    (characters, value) => Array.from(characters, (character): [string, number] => [character, value]),
  ),
);
const SMALL = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
]);
const LARGE = new Map([
  ['万', 10_000],
  ['亿', 100_000_000],
]);

/** The characters a number in Chinese words may be made of, for a pattern. */
export const NUMERALS = [...DIGITS.keys(), ...SMALL.keys(), ...LARGE.keys()].join('');

const MOST_CHARACTERS = 40;
const TOKEN = /\d{1,12}(?:\.\d{1,6})?|\D/gu;

type Reading = {
  /** Sums of whole 万 and 亿, of the part below them, and what stands before a unit still to come. */
  total: number;
  section: number;
  digit: number | null;
  /** A digit at the very end counts tenths of this unit: 两百三 is 230. */
  lastUnit: number;
};

function take(reading: Reading, token: string): boolean {
  const digit = DIGITS.get(token) ?? (/^\d/.test(token) ? Number(token) : undefined);
  if (digit !== undefined) return takeDigit(reading, digit, token);
  const unit = SMALL.get(token) ?? LARGE.get(token);
  if (unit === undefined) return false;
  takeUnit(reading, unit);
  reading.digit = null;
  reading.lastUnit = unit;
  return true;
}

function takeUnit(reading: Reading, unit: number): void {
  if (unit < 10_000) {
    // 十五 begins with its unit.
    reading.section += (reading.digit ?? (reading.section === 0 ? 1 : 0)) * unit;
    return;
  }
  const before = reading.section + (reading.digit ?? 0);
  // 亿 takes all that stands before it (一万亿), 万 what stands since.
  reading.total = unit > 10_000 ? (reading.total + before) * unit : reading.total + before * unit;
  reading.section = 0;
}

function takeDigit(reading: Reading, digit: number, token: string): boolean {
  if (digit === 0 && DIGITS.has(token)) {
    reading.lastUnit = 0;
    return true;
  }
  if (reading.digit !== null) return false;
  reading.digit = digit;
  return true;
}

/** 二〇二四: figures one by one. */
const spelled = (tokens: readonly string[]): number | null =>
  tokens.length > 1 && tokens.every((token) => DIGITS.has(token))
    ? Number(tokens.map((token) => DIGITS.get(token)).join(''))
    : null;

/**
 * A number in words, figures or both (`一千零五十`, `两百三`, `1万2千`, `3.5万`, `二〇二四`); null for what is none. No
 * number a person writes has more than forty characters.
 */
export function readChineseNumber(text: string): number | null {
  if (text.length === 0 || text.length > MOST_CHARACTERS) return null;
  const tokens = text.match(TOKEN) ?? [];
  const figures = spelled(tokens);
  if (figures !== null) return figures;
  const reading: Reading = { total: 0, section: 0, digit: null, lastUnit: 0 };
  if (!tokens.every((token) => take(reading, token))) return null;
  const { total, section, digit, lastUnit } = reading;
  const tail = digit === null ? 0 : lastUnit > 10 && digit < 10 ? (digit * lastUnit) / 10 : digit;
  const value = total + section + tail;
  return Number.isSafeInteger(Math.round(value)) ? value : null;
}
