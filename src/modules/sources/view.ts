import { formatInstantOrNull, formatInstant } from '../../shared/clock.ts';
import type { Ctx, TxCtx } from '../../context.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import type { ClockView } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import type { FoundSource } from './queries.ts';
import { nextState, pendingOf, requireVoidable, type SourceAction } from './rules.ts';
import type { DeclineGround, LaboratoryReportNote, SourceView } from './schemas.ts';

/** The acts of the flow with a use case of their own: the permission is the act's own name. */
const ACTS: readonly { act: SourceAction; permission: string }[] = [
  { act: 'verify', permission: 'source.verify' },
  { act: 'record_verification', permission: 'source.record_verification' },
  { act: 'exclude', permission: 'source.verify' },
  { act: 'extend', permission: 'source.extend' },
  { act: 'decline', permission: 'source.decline' },
  { act: 'hand_over', permission: 'source.hand_over' },
];

/** A case source as those who may read it see it. */
export function viewOf(
  ctx: Ctx | TxCtx,
  row: FoundSource,
  { clocks, laboratoryReports }: { clocks: ClockView[]; laboratoryReports: LaboratoryReportNote[] },
): SourceView {
  const pending = pendingOf(row.pendingApprovals, clocks);
  const live = (): void => requireLive(row);
  const acts: ActionCheck[] = ACTS.map(({ act, permission }) => ({
    action: act,
    permission,
    check: () => {
      live();
      nextState(row, act, pending);
    },
  }));
  const voidable = (): void => {
    live();
    requireVoidable(row, pending);
  };
  const records = ['amend', 'void', 'assign'].map((verb) => ({
    action: verb,
    permission: `source.${verb}`,
    check: verb === 'void' ? voidable : live,
  }));
  const { bureauId: _, verifierIds: __, inUse: ___, ...shown } = row;
  return {
    ...shown,
    declineGround: row.declineGround as DeclineGround | null,
    voidedAt: formatInstantOrNull(row.voidedAt),
    createdAt: formatInstant(row.createdAt),
    laboratoryReports,
    clocks,
    allowedActions: allowedActions(ctx, [...acts, ...records]),
  };
}
