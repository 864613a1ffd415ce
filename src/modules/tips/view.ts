import type { Ctx, TxCtx } from '../../context.ts';
import intake from '../../data/intake.json' with { type: 'json' };
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import { type Day, dayOf, formatInstant, formatInstantOrNull } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import type { ClockView } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import {
  nextState,
  refusalGround,
  refusalGrounds,
  requireIdentityCheck,
  splitKind,
  type TipAction,
} from './rules.ts';
import type { ListsView, TipView } from './schemas.ts';
import type { TipRecord } from './store.ts';

/** A tip's row with what is shown beside it. */
export type FoundTip = TipRecord & {
  isAnonymous: boolean | null;
  outsideNumbers: TipView['outsideNumbers'];
  splitFromTip: TipView['splitFrom'];
  splitInto: TipView['splitInto'];
  identityRequests: TipView['identityRequests'];
  links: TipView['links'];
  sources: TipView['sources'];
  told: TipView['told'];
};

type Acts = readonly { act: TipAction; permission: string }[];

/** The acts of each flow that have a use case. */
const ACTS: Record<TipRecord['kind'], Acts> = {
  complaint: [
    { act: 'accept', permission: 'tip.accept' },
    { act: 'refuse', permission: 'tip.refuse' },
    { act: 'identity_supplied', permission: 'tip.identity_supplied' },
    { act: 'withdraw', permission: 'tip.withdraw' },
    { act: 'forward', permission: 'tip.forward' },
  ],
  report: [{ act: 'open_source', permission: 'tip.open_source' }],
  enquiry: [],
};

/** 409 `tip.nobody_to_tell` where nobody is known who could be told anything. */
export function requireReporter(tip: Pick<TipRecord, 'reporterId'>): void {
  if (tip.reporterId === null) throw conflict('tip.nobody_to_tell');
}

/** Whether this tip was split already, whichever half it is. */
export const isSplit = (tip: FoundTip): boolean => tip.splitFrom !== null || tip.splitInto !== null;

function identityCheck(tip: FoundTip, { clocks, today }: Seen): void {
  nextState(tip, 'request_identity');
  requireIdentityCheck(clocks, today);
}

type Seen = { clocks: readonly ClockView[]; today: Day };

function checksOf(tip: FoundTip, seen: Seen): ActionCheck[] {
  const { today } = seen;
  const live = (): void => requireLive(tip);
  const check = (rule: () => unknown) => () => {
    live();
    rule();
  };
  const acts = ACTS[tip.kind].map(({ act, permission }) => ({
    action: act,
    permission,
    check: check(() => nextState(tip, act)),
  }));
  const identity = {
    action: 'request_identity',
    permission: 'tip.request_identity',
    check: check(() => identityCheck(tip, seen)),
  };
  return [
    ...acts,
    ...(tip.kind === 'complaint' ? [identity] : []),
    {
      action: 'split',
      permission: 'tip.split',
      check: check(() => splitKind({ kind: tip.kind, isSplit: isSplit(tip) }, today)),
    },
    { action: 'link', permission: 'tip.link', check: live },
    { action: 'set_outside_number', permission: 'tip.set_outside_number', check: live },
    { action: 'tell_reporter', permission: 'tip.tell_reporter', check: check(() => requireReporter(tip)) },
    { action: 'look_at_reporter', permission: 'tip.look_at_reporter' },
    { action: 'amend_reporter', permission: 'tip.amend', check: live },
    { action: 'amend', permission: 'tip.amend', check: live },
    { action: 'void', permission: 'tip.void', check: check(() => requireUnused(tip)) },
    { action: 'assign', permission: 'tip.assign', check: live },
  ];
}

/** 409 `tip.void_too_late` where a case source was opened from it. */
export function requireUnused(tip: Pick<TipRecord, 'kind' | 'state'>): void {
  if (tip.kind === 'report' && tip.state !== 'received') throw conflict('tip.void_too_late');
}

function refusalOf(ctx: Ctx | TxCtx, tip: TipRecord): TipView['refusal'] {
  if (tip.refusalGround === null || tip.decidedOn === null) return null;
  const ground = refusalGround(tip.refusalGround, tip.decidedOn);
  return {
    ground: tip.refusalGround,
    text: ground[ctx.locale],
    article: ground.article,
    reasons: tip.refusalReasons ?? '',
    otherRoutes: intake.otherRoutes[ctx.locale],
  };
}

const reporterOf = ({ reporterId, isAnonymous }: FoundTip): TipView['reporter'] => {
  if (reporterId === null) return 'none';
  return isAnonymous ? 'anonymous' : 'named';
};

/** A tip as those who may read it see it: whether somebody reported, never who. */
export function viewOf(ctx: Ctx | TxCtx, tip: FoundTip, clocks: ClockView[]): TipView {
  const {
    bureauId: _b,
    reporterId: _r,
    isAnonymous: _a,
    splitFromTip,
    refusalGround: _g,
    refusalReasons: _s,
    ...shown
  } = tip;
  return {
    ...shown,
    receivedAt: formatInstant(tip.receivedAt),
    createdAt: formatInstant(tip.createdAt),
    voidedAt: formatInstantOrNull(tip.voidedAt),
    reporter: reporterOf(tip),
    refusal: refusalOf(ctx, tip),
    splitFrom: splitFromTip,
    clocks,
    allowedActions: allowedActions(ctx, checksOf(tip, { clocks, today: dayOf(ctx.now) })),
  };
}

/** The choices of the forms, in the caller's language; the grounds of refusal in force today. */
export function listsOf(ctx: Ctx): ListsView {
  const named = (list: readonly { key: string; zh: string; en: string }[]) =>
    list.map((entry) => ({ key: entry.key, name: entry[ctx.locale] }));
  const { article, grounds } = refusalGrounds(dayOf(ctx.now));
  return {
    channels: named(intake.channels),
    systems: named(intake.systems),
    categories: named(intake.categories),
    refusalGrounds: {
      article,
      grounds: grounds.map((ground) => ({ no: ground.no, text: ground[ctx.locale] })),
    },
  };
}
