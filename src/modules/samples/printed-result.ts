import { type Decimal, isDecimal, mul, normalise } from '../../shared/decimal.ts';

/** How a printed result compares with its value. */
export type Operator = '=' | '<' | '≤' | '>' | '≥';

/** A result as printed, read: `detected` is null where the words do not say. */
export type ParsedResult = {
  operator: Operator | null;
  value: Decimal | null;
  unit: string | null;
  detected: boolean | null;
};

/** How long a laboratory's figure may be. */
const LIMITS = { integerDigits: 12, fractionDigits: 12, nonNegative: true };

const NOT_DETECTED = /^(未检出|未检测出|阴性|n\.?\s?d\.?|not detected|negative)$/i;
const DETECTED = /^(检出|阳性|detected|positive)$/i;
// What stands behind "not detected" in brackets is its limit of detection.
const BRACKET = /\s*[（(][^（）()]*[）)]$/;
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const OPERATORS: Record<string, Operator> = {
  '': '=',
  '=': '=',
  '<': '<',
  '>': '>',
  '≤': '≤',
  '⩽': '≤',
  '<=': '≤',
  '≥': '≥',
  '⩾': '≥',
  '>=': '≥',
};
const FIGURE =
  /^(?<operator>[<>]=?|[≤≥⩽⩾=])?\s*(?<mantissa>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?<power>\s*[×x*]\s*10\^?(?<exponent>[+-]?\d{1,2})|[eE](?<e>[+-]?\d{1,2}))?\s*(?<unit>[\p{L}%‰°][^±~]{0,29})?$/u;

// Full-width figures and signs are how Chinese keyboards type; a superscript is an exponent.
function plain(printed: string): string {
  return printed
    .replace(/10([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/gu, (_, power: string) => `10^${ascii(power)}`)
    .replace(/[！-～]/gu, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('−', '-')
    .trim();
}

const ascii = (power: string): string =>
  Array.from(power, (char) => {
    if (char === '⁻') return '-';
    return char === '⁺' ? '' : String(SUPERSCRIPTS.indexOf(char));
  }).join('');

function scale(mantissa: Decimal, exponent: number): Decimal {
  const power = exponent < 0 ? `0.${'0'.repeat(-exponent - 1)}1` : `1${'0'.repeat(exponent)}`;
  return mul(mantissa, power);
}

const UNREAD: ParsedResult = { operator: null, value: null, unit: null, detected: null };

type Figure = { operator?: string; mantissa: string; exponent?: string; e?: string; unit?: string };

function readFigure({ operator = '', mantissa, exponent, e, unit }: Figure): ParsedResult {
  const value = normalise(scale(mantissa.replaceAll(',', ''), Number(exponent ?? e ?? 0)));
  if (!isDecimal(value, LIMITS)) return UNREAD;
  const sign = OPERATORS[operator] ?? '=';
  return { operator: sign, value, unit: unit?.trim() ?? null, detected: sign !== '<' && value !== '0' };
}

/**
 * Reads a result as a laboratory prints it: `<0.01`, `未检出`, `ND`, `88%`, `88 %`, `1.2×10³`, `≥5`, `3.2 mg/kg`.
 * What it cannot read leaves everything null; the printed text is kept by the caller in any case.
 */
export function parsePrinted(printed: string): ParsedResult {
  const text = plain(printed);
  if (NOT_DETECTED.test(text.replace(BRACKET, ''))) return { ...UNREAD, detected: false };
  if (DETECTED.test(text)) return { ...UNREAD, detected: true };
  const groups = FIGURE.exec(text)?.groups;
  return groups ? readFigure(groups as Figure) : UNREAD;
}
