import type { ActionCheck } from '../../i18n/allowed-actions.ts';
import { requireLive } from '../records/index.ts';
import { requireVoidable } from './rules.ts';
import type { MeasureState } from './schemas.ts';

/** Corrections of a measure as they are open now; `isAsked`: the head is being asked to impose it. */
export const recordActions = (
  row: { state: MeasureState; voidedAt: Date | null },
  isAsked: boolean,
): ActionCheck[] =>
  ['amend', 'assign', 'void'].map((action) => ({
    action,
    permission: `measure.${action}`,
    check: (): void => {
      requireLive(row);
      if (action === 'void') requireVoidable({ state: row.state, isWaiting: isAsked });
    },
  }));
