import type { Day } from '../../shared/clock.ts';
import {
  checkAdminCode,
  checkJyLicence,
  checkResidentId,
  checkScLicence,
  checkUscc,
  type CodeCheck,
} from '../../shared/codes.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import { cleanLine } from '../../shared/text.ts';
import type { PartyChanges, PartyInput, PartyRef } from './schemas.ts';

/** Something odd about a field that is taken all the same; `code` is the key of its sentence. */
export type PartyWarning = { field: string; code: string };

/** The codes of a party as they are kept, and what is odd about them. Undefined: not part of the input. */
export type PartyCodes = {
  uscc?: string | null | undefined;
  foodLicence?: string | null | undefined;
  divisionCode?: string | null | undefined;
  warnings: PartyWarning[];
};

type Codes = Pick<PartyChanges, 'kind' | 'uscc' | 'foodLicence' | 'divisionCode'>;

/** Which check a food licence number is for, by its letters; old QS numbers and small workshops have none. */
function checkFoodLicence(text: string): CodeCheck {
  const written = text.normalize('NFKC').trim().toUpperCase();
  if (written.startsWith('SC')) return checkScLicence(text);
  if (written.startsWith('JY')) return checkJyLicence(text);
  return { ok: false, reason: 'food_licence.unknown_form' };
}

/**
 * A food licence number as it is kept. Never refused: what a counterfeiter prints must be recorded as printed,
 * so every fault is a warning.
 */
export function foodLicence(text: string): { value: string; warnings: PartyWarning[] } {
  const check = checkFoodLicence(text);
  const codes = check.ok ? check.warnings : [check.reason];
  return {
    value: check.ok ? check.value : cleanLine(text),
    warnings: codes.map((code) => ({ field: 'foodLicence', code })),
  };
}

/**
 * Checks the codes of a party (GB 32100, GB 11714, GB/T 17710, GB/T 2260). 422 `party.codes_wrong` with a field error
 * for a wrong credit code or division code, and for a person with a credit code.
 */
export function checkedCodes(input: Codes): PartyCodes {
  const errors: FieldError[] = [];
  const codes: PartyCodes = { warnings: [] };
  if (input.uscc !== undefined) codes.uscc = checked('uscc', input.uscc, checkUscc, { errors, codes });
  if (input.divisionCode !== undefined) {
    codes.divisionCode = checked('divisionCode', input.divisionCode, checkAdminCode, { errors, codes });
  }
  if (input.kind === 'person' && input.uscc)
    errors.push({ field: 'uscc', code: 'party.person_without_uscc' });
  if (input.foodLicence) {
    const { value, warnings } = foodLicence(input.foodLicence);
    codes.foodLicence = value;
    codes.warnings.push(...warnings);
  }
  if (errors.length > 0) throw unprocessable('party.codes_wrong', {}, errors);
  return codes;
}

type Found = { errors: FieldError[]; codes: PartyCodes };

function checked(
  field: string,
  text: string | null,
  check: (text: string) => CodeCheck,
  found: Found,
): string | null {
  if (text === null) return null;
  const result = check(text);
  if (!result.ok) {
    found.errors.push({ field, code: result.reason });
    return null;
  }
  found.codes.warnings.push(...result.warnings.map((code) => ({ field, code })));
  return result.value;
}

/** What of an identity document is encrypted and kept. */
export type Identity = { idType: NonNullable<PartyInput['idType']>; idNumber: string };

/**
 * An identity number as it is kept: a resident ID in its one written form, others in capitals without spaces.
 * 422 `party.codes_wrong` for a resident ID that cannot be one (GB 11643); the number itself is in no error.
 */
export function checkedIdentity(input: Pick<PartyInput, 'idNumber' | 'idType'>, today: Day): Identity | null {
  if (!input.idNumber) return null;
  const idType = input.idType ?? 'resident_id';
  if (idType !== 'resident_id') {
    return { idType, idNumber: input.idNumber.normalize('NFKC').replace(/\s/g, '').toUpperCase() };
  }
  const check = checkResidentId(input.idNumber, today);
  if (!check.ok) throw unprocessable('party.codes_wrong', {}, [{ field: 'idNumber', code: check.reason }]);
  return { idType, idNumber: check.value };
}

/** The warnings of a stored party, for its view. */
export function warningsOf(row: { uscc: string | null; foodLicence: string | null }): PartyWarning[] {
  const uscc = row.uscc === null ? null : checkUscc(row.uscc);
  return [
    ...(uscc?.ok ? uscc.warnings.map((code) => ({ field: 'uscc', code })) : []),
    ...(row.foodLicence === null ? [] : foodLicence(row.foodLicence).warnings),
  ];
}

/** What was entered of a party named in another body (its schema asks for kind and name where there is no id). */
export function enteredParty(ref: PartyRef): PartyInput {
  const { id: _, ...entered } = ref;
  return entered as PartyInput;
}

/** A code as it is looked for: half width, capitals, without spaces and hyphens. */
export const codeKey = (code: string): string => code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** Whether what is typed can be a credit code or a licence number: figures and Latin letters, four or more. */
export const isCode = (typed: string): boolean =>
  /^[0-9A-Z]{4,}$/.test(codeKey(typed)) && /\d{2}/.test(codeKey(typed));

/** What is to be said of a code: `problem` and `warnings` are keys of sentences. */
export type CodeSaid = {
  field: 'uscc' | 'foodLicence';
  value: string;
  complete: boolean;
  problem: string | null;
  warnings: string[];
};

const USCC_LENGTH = 18;
const LICENCE_LENGTH = 16;

/** What is to be said of a code as far as it is typed: one that is still too short is not wrong yet. */
export function sayOfCode(typed: string): CodeSaid {
  const value = codeKey(typed);
  const isLicence = /^(?:SC|JY)/.test(value);
  const complete = value.length >= (isLicence ? LICENCE_LENGTH : USCC_LENGTH);
  const field = isLicence ? 'foodLicence' : 'uscc';
  if (!complete) return { field, value, complete, problem: null, warnings: [] };
  const check = isLicence ? checkFoodLicence(value) : checkUscc(value);
  return {
    field,
    value,
    complete,
    problem: check.ok ? null : check.reason,
    warnings: check.ok ? check.warnings : [],
  };
}
