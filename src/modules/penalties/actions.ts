import type { Ctx, TxCtx } from '../../context.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { requireOpenCase } from '../cases/index.ts';
import { requireLive } from '../records/index.ts';
import type { Assessment, TrackedCase } from './queries.ts';
import { requireFactsOpen, requireNoGainsWaiting } from './rules.ts';

/** What may be done on the penalty track now, and where a step is barred: why, and by which article. */
export async function actionsOf(
  ctx: Ctx | TxCtx,
  row: TrackedCase,
  { gains }: Assessment,
): Promise<AllowedAction[]> {
  const open = (): void => {
    requireLive(row);
    requireOpenCase(row);
  };
  const facts = (): void => {
    open();
    requireFactsOpen(row);
  };
  const step = (action: string, permission: string, check: () => void): ActionCheck => ({
    action,
    permission,
    check,
  });
  return allowedActions(ctx, [
    step('record_violation', 'violation.record', facts),
    step('record_sale', 'sale.record', facts),
    step('find_gains', 'gains.find', () => {
      facts();
      requireNoGainsWaiting(gains);
    }),
    step('propose_transfer', 'transfer.propose', open),
  ]);
}
