import { type Day, daysBetween } from '../../shared/clock.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import { ALL_PERMISSIONS, builtInRole, fitForMachine, type Home, isOfBureaus } from './permissions.ts';

/** 422 `user.unknown_role` where a key is neither built in for that home nor one of the bureau's own. */
export function checkRoleKeys(roleKeys: readonly string[], home: Home, custom: ReadonlySet<string>): void {
  const unknown = roleKeys.filter(
    (key) => builtInRole(key)?.home !== home && !(home === 'bureau' && custom.has(key) && !builtInRole(key)),
  );
  if (unknown.length > 0)
    throw unprocessable('user.unknown_role', { roles: unknown }, fields('roleKeys', unknown));
}

const fields = (field: string, values: readonly string[]): FieldError[] =>
  values.map(() => ({ field, code: 'field.invalid' }));

/** 422 `role.unknown_permission` for what no permission is called, `role.not_for_bureaus` for a laboratory's alone. */
export function checkPermissions(permissions: readonly string[]): void {
  const unknown = permissions.filter((permission) => !ALL_PERMISSIONS.has(permission));
  if (unknown.length > 0) throw unprocessable('role.unknown_permission', { permissions: unknown });
  const barred = permissions.filter((permission) => !isOfBureaus(permission));
  if (barred.length > 0) throw unprocessable('role.not_for_bureaus', { permissions: barred });
}

/** 422 `api_key.not_for_machines` for what only a person may do. */
export function checkMachinePermissions(permissions: readonly string[]): void {
  checkPermissions(permissions);
  const barred = permissions.filter((permission) => !fitForMachine(permission));
  if (barred.length > 0) throw unprocessable('api_key.not_for_machines', { permissions: barred });
}

type Certificate = {
  certificateNumber: string | null;
  certificateFrom: string | null;
  certificateTo: string | null;
};

/** A certificate has a number and a first day, and does not end before it begins. */
export function checkCertificate({ certificateNumber, certificateFrom, certificateTo }: Certificate): void {
  const partial = (certificateNumber === null) !== (certificateFrom === null);
  const reversed = certificateFrom !== null && certificateTo !== null && certificateTo < certificateFrom;
  if (partial || reversed || (certificateNumber === null && certificateTo !== null)) {
    throw unprocessable('user.certificate', {}, [{ field: 'certificateFrom', code: 'field.invalid' }]);
  }
}

// A power without an end would be a second head.
const LONGEST_DAYS = 366;

/** 422 `deputy.days`: from today or later, not reversed, not for more than a year. */
export function checkDeputyDays({ fromOn, toOn }: { fromOn: Day; toOn: Day }, today: Day): void {
  const wrong =
    fromOn < today ? 'fromOn' : toOn < fromOn || daysBetween(fromOn, toOn) > LONGEST_DAYS ? 'toOn' : null;
  if (wrong) throw unprocessable('deputy.days', {}, [{ field: wrong, code: 'field.invalid' }]);
}

type Term = { fromOn: Day; toOn: Day; endedAt: Date | null };

/** Whether a deputy stands in today, will, or has. */
export function deputyState(
  { fromOn, toOn, endedAt }: Term,
  today: Day,
): 'coming' | 'standing' | 'over' | 'ended' {
  if (endedAt) return 'ended';
  if (today > toOn) return 'over';
  return today < fromOn ? 'coming' : 'standing';
}
