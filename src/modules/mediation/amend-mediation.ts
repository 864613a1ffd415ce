import type { Ctx, TxCtx } from '../../context.ts';
import { unprocessable } from '../../shared/errors.ts';
import { dropInterruption } from '../deadlines/index.ts';
import type { HistoryView, RecordRow, RecordSpec } from '../records/index.ts';
import { historyForReader, lockTip, updateTip } from '../tips/index.ts';
import { requireVoidable } from './rules.ts';
import { MediationChanges } from './schemas.ts';
import { type MediationRow, testsOf } from './store.ts';

/** What has not come about is not corrected. 422 `mediation.nothing_to_correct`. */
async function checkAmended(_tx: TxCtx, before: RecordRow, after: RecordRow): Promise<void> {
  const [was, is] = [before, after] as unknown as [MediationRow, MediationRow];
  for (const field of ['agreement', 'reasons'] as const) {
    if (was[field] !== null || is[field] === null) continue;
    const code = 'mediation.nothing_to_correct';
    throw unprocessable(code, {}, [{ field: `changes.${field}`, code }]);
  }
}

/** A mediation begun by mistake never was: the complaint is as accepted, and what paused C02 counts again. 409 `mediation.void_too_late`. */
async function beforeVoiding(tx: TxCtx, before: RecordRow): Promise<void> {
  const mediation = before as unknown as MediationRow;
  const tip = await lockTip(tx, mediation.tipId);
  requireVoidable(tip.state);
  for (const { id } of await testsOf(tx.db, mediation.id))
    await dropInterruption(tx, { origin: { kind: 'mediation_test', id }, reason: 'mediation.void' });
  await updateTip(tx, tip, { state: 'accepted' });
}

/** As the history of the complaint reads for the actor. */
async function maskedHistory(ctx: Ctx, id: string, lines: HistoryView[]): Promise<HistoryView[]> {
  const { tipId } = await ctx.db
    .selectFrom('mediations')
    .select('tipId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return historyForReader(ctx, tipId, lines);
}

/** How mediations are amended and voided. */
export const MEDIATION_RECORD: RecordSpec<typeof MediationChanges> = {
  path: '/api/mediations',
  kind: 'mediation',
  table: 'mediations',
  changes: MediationChanges,
  isAssignable: false,
  onAmend: checkAmended,
  onVoid: beforeVoiding,
  forReader: maskedHistory,
};
