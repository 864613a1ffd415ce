import { NOTHING_DUE } from '../deadlines/index.ts';
import type { TipQuery, TipRow, TipView } from './schemas.ts';

const WHO_HANDLES_IT = { partyId: null, assignedUnitId: null, assignedUserIds: [] };

/**
 * A tip as a grid worker sees his own: what he handed in and what has become of it, not who handles it and how it goes
 * on; nothing of another's tip (Order 121 art. 37).
 */
export const ownView = (view: TipView): TipView => ({
  ...view,
  ...WHO_HANDLES_IT,
  refusal: null,
  identityRequests: [],
  forwardedTo: null,
  reportBy: null,
  endReason: null,
  splitFrom: null,
  splitInto: null,
  links: [],
  sources: [],
  told: [],
  clocks: [],
  // A bar would say what was done on it.
  allowedActions: view.allowedActions.filter(({ allowed, code }) => allowed || code === 'auth.forbidden'),
});

/** As `ownView`, a row of the list. */
export const ownRow = (row: TipRow): TipRow => ({
  ...row,
  ...WHO_HANDLES_IT,
  ...NOTHING_DUE,
  partyName: null,
  unitName: null,
  assignees: [],
  updatedAt: row.createdAt,
});

/** Whether the words of a query ask for what is not shown: he may not find it out by asking either. */
export const asksHidden = ({ partyId, unitId, assignee, overdue }: TipQuery): boolean =>
  [partyId, unitId, assignee, overdue].some((word) => word !== undefined);
