import { isDay } from './clock.ts';
import type { Day } from './clock.ts';

/** Something odd about a code that is taken all the same; also the key of its sentence. */
export type CodeWarning =
  | 'uscc.organisation_check'
  | 'resident_id.area_unknown'
  | 'sc_licence.check_digit'
  | 'sc_licence.class_unknown'
  | 'jy_licence.check_digit'
  | 'jy_licence.trade_unknown';

/** A code in its one written form with what is odd about it, or why it is refused (`uscc.check_digit` …). */
export type CodeCheck = { ok: true; value: string; warnings: CodeWarning[] } | { ok: false; reason: string };

const refused = (reason: string): CodeCheck => ({ ok: false, reason });
const taken = (value: string, warnings: CodeWarning[] = []): CodeCheck => ({ ok: true, value, warnings });

/** Half width, capitals, without spaces and hyphens: how a code is kept. */
const written = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** Σ value × weight over the characters; the value of a character is its place in `alphabet`. */
function weighted(characters: string, alphabet: string, weights: readonly number[]): number {
  return weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(characters[i] ?? ''), 0);
}

const FIGURES = '0123456789';

// ── GB 32100-2015, 统一社会信用代码 ──────────────────────────────────────────────────────────────

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const USCC_SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11714: the ninth character of an organisation code. 10 is written X, 11 is written 0. */
function organisationCheck(body: string): string {
  const rest = 11 - (weighted(body, ORGANISATION_ALPHABET, ORGANISATION_WEIGHTS) % 11);
  return rest === 10 ? 'X' : String(rest % 11);
}

/**
 * Unified social credit code, 18 characters. Refused: `uscc.length`, `uscc.characters`, `uscc.check_digit`.
 * Warned of: the organisation code inside (characters 9–17, GB 11714) fails its own check.
 */
export function checkUscc(text: string): CodeCheck {
  const code = written(text);
  if (code.length !== 18) return refused('uscc.length');
  if (!USCC_SHAPE.test(code)) return refused('uscc.characters');
  const check = (31 - (weighted(code, USCC_ALPHABET, USCC_WEIGHTS) % 31)) % 31;
  if (code[17] !== USCC_ALPHABET[check]) return refused('uscc.check_digit');
  const inside = organisationCheck(code.slice(8, 16)) === code[16];
  return taken(code, inside ? [] : ['uscc.organisation_check']);
}

// ── GB 11643-1999, 公民身份号码 ──────────────────────────────────────────────────────────────────

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = '10X98765432';
// Provinces, the two special regions and Taiwan (83: residence permits). Codes below change: not checked.
const PROVINCES = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;

/** The birth day in a resident ID of 18 characters. */
export const birthDayOf = (residentId: string): Day =>
  `${residentId.slice(6, 10)}-${residentId.slice(10, 12)}-${residentId.slice(12, 14)}`;

/** The sex in a resident ID of 18 characters: its 17th figure is odd for a man. */
export const sexOf = (residentId: string): 'male' | 'female' =>
  Number(residentId[16]) % 2 === 1 ? 'male' : 'female';

/**
 * Resident ID number, 18 characters. Refused: `resident_id.length`, `.characters`, `.birth_date` (no such day, or
 * after `today` where it is given), `.check_digit`. Warned of: a province code that does not exist.
 */
export function checkResidentId(text: string, today?: Day): CodeCheck {
  const code = written(text);
  if (code.length !== 18) return refused('resident_id.length');
  if (!/^\d{17}[\dX]$/.test(code)) return refused('resident_id.characters');
  const birthDay = birthDayOf(code);
  if (!isDay(birthDay) || (today !== undefined && birthDay > today)) return refused('resident_id.birth_date');
  const check = RESIDENT_CHECKS[weighted(code, FIGURES, RESIDENT_WEIGHTS) % 11];
  if (code[17] !== check) return refused('resident_id.check_digit');
  return taken(code, PROVINCES.test(code) ? [] : ['resident_id.area_unknown']);
}

// ── Food licences: 14 figures whose last is ISO 7064 (GB/T 17710) MOD 11,10 ─────────────────────

function mod1110Holds(figures: string): boolean {
  let product = 10;
  for (const figure of figures.slice(0, -1)) {
    const sum = (product + Number(figure)) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(figures.at(-1));
}

type LicenceKind = 'sc_licence' | 'jy_licence';
const LICENCE_PREFIX: Record<LicenceKind, string> = { sc_licence: 'SC', jy_licence: 'JY' };

function checkLicence(kind: LicenceKind, text: string, firstKnown: RegExp): CodeCheck {
  const code = written(text);
  if (!code.startsWith(LICENCE_PREFIX[kind])) return refused(`${kind}.prefix`);
  if (code.length !== 16) return refused(`${kind}.length`);
  const figures = code.slice(2);
  if (!/^\d{14}$/.test(figures)) return refused(`${kind}.characters`);
  const warnings: CodeWarning[] = [];
  if (!mod1110Holds(figures)) warnings.push(`${kind}.check_digit`);
  if (!firstKnown.test(figures)) {
    warnings.push(kind === 'sc_licence' ? 'sc_licence.class_unknown' : 'jy_licence.trade_unknown');
  }
  return taken(code, warnings);
}

// 101–131 foods, 201–203 additives.
const SC_CLASSES = /^(1(0[1-9]|[12]\d|3[01])|20[1-3])/;

/**
 * Food production licence: SC and 14 figures. Refused: `sc_licence.prefix`, `.length`, `.characters`. A wrong check
 * figure or an unknown food class is warned of, never refused: a counterfeit's number must be recorded as printed.
 */
export const checkScLicence = (text: string): CodeCheck => checkLicence('sc_licence', text, SC_CLASSES);

/** Food trade licence: JY and 14 figures, the first 1 sale, 2 catering, 3 canteen. Refused and warned of as SC is. */
export const checkJyLicence = (text: string): CodeCheck => checkLicence('jy_licence', text, /^[1-3]/);

// ── GTIN (GB 12904), GB/T 2260 ──────────────────────────────────────────────────────────────────

/** Bar code of 8, 12, 13 or 14 figures. Refused: `gtin.length`, `gtin.characters`, `gtin.check_digit`. */
export function checkGtin(text: string): CodeCheck {
  const code = written(text);
  if (![8, 12, 13, 14].includes(code.length)) return refused('gtin.length');
  if (!/^\d+$/.test(code)) return refused('gtin.characters');
  const fromRight = Array.from(code, Number).toReversed();
  const sum = fromRight.reduce((total, figure, i) => total + figure * (i % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0 ? taken(code) : refused('gtin.check_digit');
}

/** Administrative area code: 6 figures (GB/T 2260), 9 with the street, 12 with the village. The shape only. */
export function checkAdminCode(text: string): CodeCheck {
  const code = written(text);
  if (![6, 9, 12].includes(code.length)) return refused('admin_code.length');
  return /^[1-8]\d+$/.test(code) ? taken(code) : refused('admin_code.characters');
}

export type AdminLevel = 'province' | 'city' | 'county' | 'street' | 'village';

/** The level a checked administrative code stands for. */
export function adminLevel(code: string): AdminLevel {
  if (code.length > 6) return code.length === 9 ? 'street' : 'village';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

// ── What the public may see of a number ─────────────────────────────────────────────────────────

/** A phone number with the four figures before its last four hidden; separators stay; short numbers vanish whole. */
export function maskPhone(phone: string): string {
  const figures = phone.replace(/\D/g, '').length;
  let left = figures;
  return phone.replace(/\d/g, (figure) => {
    left -= 1;
    return figures <= 4 || (left >= 4 && left < 8) ? '*' : figure;
  });
}

/** An ID number as public copies print it: of 18 characters the first 10 and last 4, of others the outer parts. */
export function maskId(id: string): string {
  const characters = Array.from(id);
  const n = characters.length;
  const [head, tail] = n === 18 ? [10, 4] : n <= 4 ? [0, 0] : [Math.floor(n / 3), Math.floor(n / 4)];
  return characters.map((c, i) => (i < head || i >= n - tail ? c : '*')).join('');
}
