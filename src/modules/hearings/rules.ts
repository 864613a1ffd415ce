import type { Day } from '../../shared/clock.ts';
import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import { type ActionOf, type Flow, next } from '../../shared/workflow.ts';
import { barred, type CasePeople, notPassed } from '../cases/index.ts';
import type { HearingState } from './schemas.ts';

/** 听证 (TZBF 18–29): asked for, prepared, held, reported; or ended before it was held. */
export const HEARING_FLOW = {
  requested: { appoint_host: 'appointed', terminate: 'terminated' },
  appointed: { appoint_host: 'appointed', hand_file: 'file_handed', terminate: 'terminated' },
  file_handed: { appoint_host: 'file_handed', schedule: 'scheduled', terminate: 'terminated' },
  scheduled: {
    appoint_host: 'scheduled',
    serve_notice: 'scheduled',
    announce: 'scheduled',
    adjourn: 'scheduled',
    end: 'ended',
    terminate: 'terminated',
  },
  ended: { report: 'reported' },
  terminated: {},
  reported: {},
} as const satisfies Flow<HearingState>;

export type HearingAction = ActionOf<typeof HEARING_FLOW>;

const TZBF = '《市场监督管理行政处罚听证办法》';

/** The articles the refusals name. */
export const ARTICLES = {
  request: `${TZBF}第七条；《行政处罚法》第六十四条第一项`,
  schedule: `${TZBF}第二十条、第二十二条；《行政处罚法》第六十四条第二项、第三项`,
  host: `${TZBF}第十一条`,
  report: `${TZBF}第二十九条`,
};

/** The state a step of a hearing leads to. 409 `hearing.none` where there is none; 409 in the wrong state. */
export function nextState(hearing: { state: HearingState } | undefined, action: HearingAction): HearingState {
  if (!hearing) throw conflict('hearing.none');
  return next(HEARING_FLOW, hearing.state, action);
}

/** What a request for a hearing depends on. */
export type RequestFacts = {
  /** Why the notice offered one; none: it did not (K7). */
  grounds: readonly string[];
  servedOn: Day | null;
  windowEndsOn: Day | null;
  isWaived: boolean;
};

/** 409 K7 `hearing.not_offered`; K5 `hearing.waived`, and before the notice was served. */
export function requireOffered({ grounds, servedOn, isWaived }: RequestFacts, today: Day): void {
  if (servedOn === null || servedOn > today)
    throw barred('K5', 'penalty.notice_not_served', { day: servedOn ?? '—' });
  if (grounds.length === 0) throw barred('K7', 'hearing.not_offered');
  if (isWaived) throw barred('K5', 'hearing.waived');
}

/** In the five working days, counted to the first working day on or after their last. 409 `hearing.too_late`. */
export function requireInTime(requestedOn: Day, { windowEndsOn, servedOn }: RequestFacts): void {
  if (servedOn !== null && requestedOn < servedOn)
    throw unprocessable('penalty.before_notice', { day: servedOn }, [
      { field: 'requestedOn', code: 'penalty.before_notice', params: { day: servedOn } },
    ]);
  if (windowEndsOn !== null && requestedOn > windowEndsOn)
    throw conflict('hearing.too_late', { day: windowEndsOn, article: ARTICLES.request });
}

/** The people of a hearing. */
export type Panel = { hostId: string; memberIds: readonly string[]; recorderId: string };

/**
 * Host, members and recorder are different people, none of whom handles the case, ever has, or reviewed it (K3). 422
 * `hearing.panel`, each named.
 */
export function checkPanel(
  { hostId, memberIds, recorderId }: Panel,
  { handlers, reviewers }: CasePeople,
): void {
  const seats = [
    { field: 'hostId', id: hostId },
    ...memberIds.map((id, i) => ({ field: `memberIds.${i}`, id })),
    { field: 'recorderId', id: recorderId },
  ];
  const errors: FieldError[] = seats.flatMap(({ field, id }, i) => {
    if (handlers.has(id)) return [{ field, code: 'hearing.handles' }];
    if (reviewers.has(id)) return [{ field, code: 'hearing.reviewed' }];
    const isTwice = seats.findIndex((seat) => seat.id === id) !== i;
    return isTwice ? [{ field, code: 'hearing.two_seats' }] : [];
  });
  if (errors.length > 0) throw notPassed('K3', 'hearing.panel', errors);
}

/** A hearing is public unless secrets or privacy bar it (APL 64(3)). 422 `hearing.closed_reason`. */
export function checkPublic({
  isPublic,
  closedReason,
}: {
  isPublic: boolean;
  closedReason?: string | undefined;
}): void {
  if (isPublic || closedReason !== undefined) return;
  const code = 'hearing.closed_reason';
  throw unprocessable(code, { article: ARTICLES.schedule }, [
    { field: 'closedReason', code: 'field.required' },
  ]);
}

/** 422 `hearing.too_soon` where the last day to serve the notice, or to announce it, has passed already. */
export function requireTimeLeft(lastDay: Day | null, today: Day): void {
  if (lastDay !== null && lastDay < today) {
    const code = 'hearing.too_soon';
    throw unprocessable(code, { article: ARTICLES.schedule, day: lastDay }, [{ field: 'heldAt', code }]);
  }
}

/** 409 `hearing.told_late` where something reached the party or the public after the last day for it. */
export function requireToldInTime(on: Day, lastDay: Day | null): void {
  if (lastDay !== null && on > lastDay)
    throw conflict('hearing.told_late', { article: ARTICLES.schedule, day: lastDay });
}

/** A hearing as its end looks at it. */
export type Held = {
  heldAt: Date | null;
  isPublic: boolean | null;
  noticeServedOn: Day | null;
  announcedOn: Day | null;
};

/** 409 `hearing.not_told` where the notice was not served; `hearing.not_announced` where a public one was not announced. */
export function requireTold({ noticeServedOn, isPublic, announcedOn }: Held): void {
  if (noticeServedOn === null) throw conflict('hearing.not_told', { article: ARTICLES.schedule });
  if (isPublic && announcedOn === null)
    throw conflict('hearing.not_announced', { article: ARTICLES.schedule });
}

/** Who leads the hearing does it: 422 K3 `hearing.host_only`. */
export function requireHost(hearing: { hostId: string | null } | undefined, person: string): void {
  if (hearing && hearing.hostId !== person) throw notPassed('K3', 'hearing.host_only');
}
