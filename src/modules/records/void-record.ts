import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { formatInstant } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { requireLive } from './rules.ts';
import type { RecordView } from './schemas.ts';
import type { RecordSpec } from './spec.ts';
import { lockRecord, recordCorrection, updateRecord } from './store.ts';
import { viewOf } from './view.ts';

/** Marks a record as entered by mistake, with the reason; it stays to be read, and refuses every further act. */
export async function voidRecord(
  ctx: Ctx,
  spec: RecordSpec,
  id: string,
  { reason }: { reason: string },
): Promise<RecordView> {
  return inTx(ctx, async (tx) => {
    const before = await lockRecord(tx, spec, id);
    requireLive(before);
    checkVersion(tx, before);
    await spec.onVoid?.(tx, before);
    const row = await updateRecord(tx.db, spec, before, { voidedAt: tx.now, voidReason: reason });
    const subject = { kind: spec.kind, id };
    const after = { voidedAt: formatInstant(tx.now) };
    await recordCorrection(tx, {
      subject,
      bureauId: before.bureauId,
      kind: 'void',
      before: { voidedAt: null },
      after,
      reason,
    });
    await audit(tx, { action: `${spec.kind}.void`, subject });
    return viewOf(row);
  });
}
