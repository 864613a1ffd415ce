export { partyBlanks } from './party-blanks.ts';
export { partyBlock, type PartyBlock } from './queries.ts';
export { resolveParty, type ResolvedParty } from './resolve-party.ts';
export { PartyRef } from './schemas.ts';
export { addressLikeness, nameLikeness, pairLikeness, partsOfName, placeOf } from './likeness.ts';
