import type { Day } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { barred, notPassed } from '../cases/index.ts';
import type { ClosingGround, DecisionKind } from '../cases/schemas.ts';

/** A decision as the rules look at it. */
export type Decided = {
  kind: DecisionKind;
  fineFen: number;
  gainsFen: number;
  goodsText: string | null;
  kinds: readonly string[];
};

/** A penalty is published, unless it is a warning and nothing else (GSGD 2). */
export function isPublished({ kind, fineFen, gainsFen, goodsText, kinds }: Decided): boolean {
  if (kind !== 'penalty') return false;
  const isOnlyWarned = kinds.length > 0 && kinds.every((one) => one === 'warning');
  return !(isOnlyWarned && fineFen === 0 && gainsFen === 0 && goodsText === null);
}

/** 409 `decision.served`: a decision is served once. */
export function requireUnserved({ servedOn }: { servedOn: Day | null }): void {
  if (servedOn !== null) throw conflict('decision.served', { day: servedOn });
}

/** That a penalty will be published is told in writing when it is served (K12). 422 `decision.publicity_not_told`. */
export function requirePublicityTold(told: { toldOfPublicity: boolean; isPublished: boolean }): void {
  if (!told.isPublished || told.toldOfPublicity) return;
  const code = 'decision.publicity_not_told';
  throw notPassed('K12', code, [{ field: 'toldOfPublicity', code }]);
}

const GROUNDS: Record<Exclude<Decided['kind'], 'penalty'>, ClosingGround> = {
  no_penalty: 'no_penalty',
  not_made_out: 'not_made_out',
  other_agency: 'other_agency',
  judicial_organ: 'judicial_organ',
  other: 'other',
};

/** The closing ground of a decision that is no penalty, once it was served. 409 `decision.is_penalty`, `decision.not_served`. */
export function requireDecisionServed({
  kind,
  servedOn,
}: {
  kind: Decided['kind'];
  servedOn: Day | null;
}): ClosingGround {
  if (kind === 'penalty') throw conflict('decision.is_penalty');
  // What goes to the police has its own receipt in the transfer.
  if (servedOn === null && kind !== 'judicial_organ') throw barred('K5', 'decision.not_served');
  return GROUNDS[kind];
}
