export { recordItems, type FoundAt } from './record-items.ts';
export { lockNamed, move, moveAll, type Move } from './move.ts';
export { lockMeasureItems, type MeasureLine, placeUnderMeasure } from './place-under-measure.ts';
export { balancesOf, itemsByIds } from './queries.ts';
export { takeBack } from './reverse.ts';
export { AT_SCENE, type Balance, partyAccount } from './rules.ts';
export { giveBack, takeUnderMeasure, type Taking, withParty } from './take-under-measure.ts';
export { Account } from './schemas.ts';
export type { ItemRow, LedgerLine, Posting } from './store.ts';
