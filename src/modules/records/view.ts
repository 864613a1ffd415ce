import { formatInstant } from '../../shared/clock.ts';
import type { RecordView } from './schemas.ts';
import type { RecordRow } from './spec.ts';

/** What every record has. */
export const viewOf = (row: RecordRow): RecordView => ({
  id: row.id,
  version: row.version,
  voidedAt: row.voidedAt && formatInstant(row.voidedAt),
  assignedUnitId: row.assignedUnitId ?? null,
  assignedUserIds: row.assignedUserIds ?? [],
});
