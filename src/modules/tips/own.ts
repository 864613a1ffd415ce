import type { TipRow, TipView } from './schemas.ts';

const WHO_HANDLES_IT = { partyId: null, assignedUnitId: null, assignedUserIds: [] };

/**
 * A tip as a grid worker sees his own: what he handed in and what has become of it, not who handles it and how it goes
 * on; nothing of another's tip (Order 121 art. 37).
 */
export const ownView = (view: TipView): TipView => ({
  ...view,
  ...WHO_HANDLES_IT,
  refusal: null,
  splitFrom: null,
  splitInto: null,
  sources: [],
  told: [],
  clocks: [],
  // A bar would say what was done on it.
  allowedActions: view.allowedActions.filter(({ allowed, code }) => allowed || code === 'auth.forbidden'),
});

/** As `ownView`, a row of the list. */
export const ownRow = (row: TipRow): TipRow => ({ ...row, ...WHO_HANDLES_IT, dueOn: null });
