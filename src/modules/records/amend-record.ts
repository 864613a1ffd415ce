import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { differences, requireLive } from './rules.ts';
import type { RecordView } from './schemas.ts';
import type { RecordSpec } from './spec.ts';
import { lockRecord, recordCorrection, updateRecord } from './store.ts';
import { viewOf } from './view.ts';

/**
 * Corrects what was entered: the old and new values and the reason are kept. 409 `record.void`, 412 for a stale
 * version, 422 `record.no_changes` where nothing would be different.
 */
export async function amendRecord(
  ctx: Ctx,
  spec: RecordSpec,
  id: string,
  body: { changes: Record<string, unknown>; reason: string },
): Promise<RecordView> {
  return inTx(ctx, async (tx) => {
    const before = await lockRecord(tx, spec, id);
    requireLive(before);
    checkVersion(tx, before);
    const changes = { ...spec.implied?.(before, body.changes), ...body.changes };
    const values = Object.fromEntries(
      Object.entries(changes).map(([name, value]) => [
        name,
        spec.jsonColumns?.includes(name) ? JSON.stringify(value) : value,
      ]),
    );
    const after = await updateRecord(tx.db, spec, before, values);
    const difference = differences(before, after, Object.keys(changes));
    if (difference.changed.length === 0) throw unprocessable('record.no_changes');
    const subject = { kind: spec.kind, id };
    const { bureauId } = before;
    const { before: was, after: is } = difference;
    await recordCorrection(tx, {
      subject,
      bureauId,
      kind: 'amend',
      before: was,
      after: is,
      reason: body.reason,
    });
    await spec.onAmend?.(tx, before, after);
    // The values stay in the correction: they may name people, and auditors read this line.
    await audit(tx, { action: `${spec.kind}.amend`, subject, detail: { fields: difference.changed } });
    return viewOf(after);
  });
}
