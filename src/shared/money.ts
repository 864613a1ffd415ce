import { badRequest } from './errors.ts';
import { cmp, mul, normalise, parseDecimal, roundToWhole } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/** Money in whole fen: a safe integer. */
export type Fen = number;

function checked(fen: Fen): Fen {
  if (!Number.isSafeInteger(fen)) throw new RangeError('money is whole fen within the safe integers');
  return fen;
}

function fromWhole(fen: Decimal): Fen {
  const value = Number(fen);
  if (!Number.isSafeInteger(value)) throw badRequest('money.too_large', { value: fen });
  return value;
}

/** Yuan as text (`12`, `12.3`, `-0.05`; at most two places) in fen. badRequest `decimal.*` or `money.too_large`. */
export const parseYuan = (text: string): Fen =>
  fromWhole(mul(parseDecimal(text, { fractionDigits: 2 }), '100'));

/** Fen as yuan with two places: `12.34`. RangeError for a part of a fen. */
export function formatYuan(fen: Fen): string {
  const digits = String(Math.abs(checked(fen))).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fen as yuan with thousands set off: `1,234.50`. */
export const formatYuanGrouped = (fen: Fen): string => formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',');

/** Unit price × quantity in fen, exact: a value of goods is compared with its threshold before it is rounded. */
export const timesQuantity = (price: Fen, quantity: Decimal): Decimal =>
  mul(String(checked(price)), quantity);

/** An exact amount of fen to the nearest fen, halves away from zero. badRequest `money.too_large`. */
export const roundFen = (exact: Decimal): Fen => fromWhole(roundToWhole(normalise(exact)));

/** An exact amount of fen as yuan, thousands set off, with at least two places and as many as it needs: `9,999.995`. */
export function yuanText(exact: Decimal): string {
  const [whole = '', fraction = ''] = mul(exact, '0.01').split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(2, '0')}`;
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['仟', '佰', '拾', ''];

/** 1 to 9999: one 零 for any run of zeros inside, none at the end. */
function section(n: number): string {
  const digits = String(n).padStart(4, '0');
  let words = '';
  for (let i = 0; i < 4; i += 1) {
    const digit = Number(digits[i]);
    if (digit !== 0)
      words += `${words !== '' && digits[i - 1] === '0' ? '零' : ''}${DIGITS[digit]}${PLACES[i]}`;
  }
  return words;
}

/** A positive whole number; above 亿 it repeats itself (万亿). 零 stands where a lower part begins with zeros. */
function whole(n: number): string {
  for (const [size, name] of [
    [100_000_000, '亿'],
    [10_000, '万'],
  ] as const) {
    if (n >= size) {
      const low = n % size;
      const gap = low !== 0 && low < size / 10 ? '零' : '';
      return `${whole(Math.floor(n / size))}${name}${gap}${low === 0 ? '' : whole(low)}`;
    }
  }
  return section(n);
}

/** What follows 元: 角 and 分, or 整. `gap` is the 零 that must stand before it. */
function small(cents: number, gap: string): string {
  const jiao = Math.floor(cents / 10);
  const fen = cents % 10;
  if (cents === 0) return '整';
  return `${gap}${jiao === 0 ? '' : `${DIGITS[jiao]}角`}${fen === 0 ? '整' : `${DIGITS[fen]}分`}`;
}

/**
 * 人民币大写, by 支付结算办法 annex 1 and 会计基础工作规范 52: 整 after 元 and 角, none after 分; 零 wherever zeros
 * stand between figures, also where 元 is 0 and 角 is not (the first form the annex gives: 壹仟陆佰捌拾元零叁角贰分).
 * Without the words 人民币. RangeError for a part of a fen.
 */
export function capitals(fen: Fen): string {
  const amount = Math.abs(checked(fen));
  if (amount === 0) return '零元整';
  const sign = fen < 0 ? '负' : '';
  const yuan = Math.floor(amount / 100);
  if (yuan === 0) return `${sign}${small(amount, '')}`;
  const gap = yuan % 10 === 0 || amount % 100 < 10 ? '零' : '';
  return `${sign}${whole(yuan)}元${small(amount % 100, gap)}`;
}

const MOST_FEN = String(Number.MAX_SAFE_INTEGER);

/** An exact amount of fen as whole fen where it can be printed as money; null beyond. */
export function wholeFen(exact: Decimal): Fen | null {
  return cmp(roundToWhole(normalise(exact)), MOST_FEN) > 0 ? null : roundFen(exact);
}

/** Money exact, in figures and in Chinese capitals. */
export function moneyView(exactFen: Decimal): {
  exactFen: string;
  figures: string;
  capitals: string | null;
} {
  const fen = wholeFen(exactFen);
  return {
    exactFen: normalise(exactFen),
    figures: fen === null ? normalise(exactFen) : formatYuanGrouped(fen),
    capitals: fen === null ? null : capitals(fen),
  };
}
