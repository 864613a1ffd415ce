import { conflict, unprocessable } from '../../shared/errors.ts';
import { formatInstant } from '../../shared/clock.ts';
import type { AssignInput } from './schemas.ts';
import type { RecordRow } from './spec.ts';

/** 409 `record.void` where the record was voided: nothing further happens to it. */
export function requireLive(row: { voidedAt: Date | null }): void {
  if (row.voidedAt !== null) throw conflict('record.void');
}

/** 409 `record.closed` where it is over. */
export function requireOpen(row: RecordRow, closedStates: readonly string[]): void {
  if (row.state !== undefined && closedStates.includes(row.state)) {
    throw conflict('record.closed', { state: row.state });
  }
}

const plain = (value: unknown): unknown => (value instanceof Date ? formatInstant(value) : (value ?? null));

/** The columns of `names` that differ between two rows, with their values before and after, as plain JSON. */
export function differences(before: RecordRow, after: RecordRow, names: readonly string[]) {
  const changed = names.filter(
    (name) => JSON.stringify(plain(before[name])) !== JSON.stringify(plain(after[name])),
  );
  const pick = (row: RecordRow) => Object.fromEntries(changed.map((name) => [name, plain(row[name])]));
  return { changed, before: pick(before), after: pick(after) };
}

/** 422 where an assignment names nobody, or a sending back gives no reason. */
export function checkAssignment({ kind, unitId, userIds, reason }: AssignInput): void {
  if (kind === 'assign' && !unitId && userIds.length === 0) {
    throw unprocessable('record.assign_whom', {}, [{ field: 'unitId', code: 'field.required' }]);
  }
  if (kind === 'send_back' && reason === undefined) {
    throw unprocessable('record.send_back_reason', {}, [{ field: 'reason', code: 'field.required' }]);
  }
}
