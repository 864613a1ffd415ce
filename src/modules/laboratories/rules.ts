import type { Day } from '../../shared/clock.ts';
import { forbidden, unprocessable } from '../../shared/errors.ts';

/** What a laboratory's legal force rests on: its CMA number and the days it is valid. */
export type Qualification = { cmaNumber: string | null; validFrom: Day | null; validTo: Day | null };

/** Whether the laboratory is a qualified body on `day` (FSL 84): a CMA number, and the day inside its validity. */
export function isQualified({ cmaNumber, validFrom, validTo }: Qualification, day: Day): boolean {
  return (
    cmaNumber !== null && (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)
  );
}

/** 422 `laboratory.validity` where the validity ends before it begins, or stands without a number. */
export function checkQualification({ cmaNumber, validFrom, validTo }: Qualification): void {
  const reversed = validFrom !== null && validTo !== null && validTo < validFrom;
  const nothing = cmaNumber === null && (validFrom !== null || validTo !== null);
  if (reversed || nothing) {
    throw unprocessable('laboratory.validity', {}, [{ field: 'validTo', code: 'laboratory.validity' }]);
  }
}

/** Whose record a laboratory is. */
export type Ownership = {
  id: string;
  /** The bureau that entered it; null: none that still keeps it. */
  ownerBureauId: string | null;
  /** It has an administrator of its own. */
  selfAdministered: boolean;
};

type Caller = { bureauId: string | null; laboratoryId: string | null };

/**
 * A laboratory's record is its own once it has an administrator, and until then the record of the bureau that entered
 * it; every other bureau only uses it. 403 `laboratory.self_administered`, `laboratory.of_another`.
 */
export function requireOwner(laboratory: Ownership, { bureauId, laboratoryId }: Caller): void {
  if (laboratoryId !== null && laboratoryId === laboratory.id) return;
  if (laboratory.selfAdministered) throw forbidden('laboratory.self_administered');
  if (bureauId === null || bureauId !== laboratory.ownerBureauId) throw forbidden('laboratory.of_another');
}
