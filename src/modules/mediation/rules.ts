import intake from '../../data/intake.json' with { type: 'json' };
import type { Day } from '../../shared/clock.ts';
import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import type { SettleInput, StartInput } from './schemas.ts';

const ORDER_20 = '《市场监督管理投诉举报处理暂行办法》';
const ORDER_121 = '《市场监督管理投诉举报处理办法》';
const SINCE = '2026-04-15';

/** Where Order 20, and since 2026-04-15 Order 121, has it. */
const ARTICLES = {
  consent: ['第十六条', '第十八条'],
  delegate: ['第十七条', '第十九条'],
  meeting: ['第十八条第二款', '第二十条第二款'],
  recusal: ['第十九条第二款', '第二十一条第二款'],
  testing: ['第二十条', '第二十二条'],
  terminate: ['第二十一条第一款', '第二十三条第一款'],
  tell: ['第二十一条第二款', '第二十三条第二款'],
  written: ['第二十二条', '第二十四条'],
} as const;

/** The article of the order in force on the day of the act. */
export const articleOf = (what: keyof typeof ARTICLES, day: Day): string =>
  day < SINCE ? ORDER_20 + ARTICLES[what][0] : ORDER_121 + ARTICLES[what][1];

const required = (field: string): FieldError => ({ field, code: 'field.required' });

/** 422 `mediation.consent` unless both have agreed (art. 18); each who has not is named. */
export function checkConsent(
  body: Pick<StartInput, 'complainantAgreedOn' | 'respondentAgreedOn'>,
  day: Day,
): { complainantAgreedOn: Day; respondentAgreedOn: Day } {
  const { complainantAgreedOn, respondentAgreedOn } = body;
  if (complainantAgreedOn !== undefined && respondentAgreedOn !== undefined)
    return { complainantAgreedOn, respondentAgreedOn };
  const errors = [
    ...(complainantAgreedOn === undefined ? [required('complainantAgreedOn')] : []),
    ...(respondentAgreedOn === undefined ? [required('respondentAgreedOn')] : []),
  ];
  throw unprocessable('mediation.consent', { article: articleOf('consent', day) }, errors);
}

/** 422 `mediation.meeting`: of a meeting on site both hear time and place beforehand (art. 20(2)). */
export function checkMeeting(
  { mode, meetAt, place }: Pick<StartInput, 'mode' | 'meetAt' | 'place'>,
  day: Day,
): void {
  if (mode !== 'on_site') return;
  const errors = [
    ...(meetAt === undefined ? [required('meetAt')] : []),
    ...(place === undefined ? [required('place')] : []),
  ];
  if (errors.length > 0)
    throw unprocessable('mediation.meeting', { article: articleOf('meeting', day) }, errors);
}

/** 422 `mediation.unknown_mediator`, `mediation.recused_mediates`, `mediation.successor`: whoever was challenged mediates, and stands aside where he must. */
export function checkChallenged(mediator: string, mediators: readonly string[], day: Day): void {
  if (mediators.length === 0 || mediators.includes(mediator)) return;
  const code = 'mediation.unknown_mediator';
  throw unprocessable(code, { article: articleOf('recusal', day) }, [{ field: 'mediator', code }]);
}

/** Who mediates after the decision: without him who stood aside. 422 `mediation.successor`, `mediation.recused_mediates`. */
export function mediatorsAfter(
  { mediator, recused }: { mediator: string; recused: boolean },
  { before, named }: { before: readonly string[]; named: readonly string[] | undefined },
  day: Day,
): readonly string[] {
  if (!recused) return named ?? before;
  const after = named ?? before.filter((name) => name !== mediator);
  const code = after.includes(mediator)
    ? 'mediation.recused_mediates'
    : after.length === 0
      ? 'mediation.successor'
      : null;
  if (code === null) return after;
  throw unprocessable(code, { article: articleOf('recusal', day) }, [{ field: 'mediators', code }]);
}

/** Order 20 let both choose the laboratory together; only since Order 121 may the bureau appoint one. 422 `mediation.appointed`. */
export function checkChosenBy(chosenBy: 'agreed' | 'appointed', day: Day): void {
  if (chosenBy === 'agreed' || day >= SINCE) return;
  const code = 'mediation.appointed';
  throw unprocessable(code, { article: articleOf('testing', day) }, [{ field: 'chosenBy', code }]);
}

/** 409 `mediation.testing_open` while a test is under way: one at a time. */
export function requireNoTest(tests: readonly { toOn: Day | null }[]): void {
  if (tests.some(({ toOn }) => toOn === null)) throw conflict('mediation.testing_open');
}

/** 409 `mediation.no_test` where none is under way. */
export function requireTest<T extends { toOn: Day | null }>(tests: readonly T[]): T {
  const open = tests.find(({ toOn }) => toOn === null);
  if (!open) throw conflict('mediation.no_test');
  return open;
}

/**
 * An agreement reached on site is written (调解书), unless it was performed at once or both waive it; where none is
 * written, there is a record of the mediation (art. 24). 422 `mediation.written`, `mediation.record`.
 */
export function checkWritten(
  { isWritten, unwrittenGround, record }: SettleInput,
  mode: 'on_site' | 'remote' | null,
  day: Day,
): void {
  if (isWritten) return;
  const article = articleOf('written', day);
  if (mode === 'on_site' && unwrittenGround === undefined)
    throw unprocessable('mediation.written', { article }, [required('unwrittenGround')]);
  if (record === undefined) throw unprocessable('mediation.record', { article }, [required('record')]);
}

/** The grounds on which a mediation may be terminated on a day, and the article they stand in. */
export const terminationGrounds = (day: Day) =>
  intake.terminationGrounds.find(({ from, to }) => from <= day && (to === null || day <= to)) ??
  intake.terminationGrounds[0]!;

/** What a termination depends on: whether anybody mediated, and the last day of C02. */
export type Ended = { isStarted: boolean; limitOn: Day | null };

/**
 * The ground of that number. 422 `mediation.termination_ground` for one the order in force does not have;
 * `mediation.limit_not_over` before the last day of the limit; `mediation.not_mediated` where nobody mediated yet.
 */
export function terminationGround(no: number, { isStarted, limitOn }: Ended, day: Day) {
  const { article, grounds } = terminationGrounds(day);
  const found = grounds.find((ground) => ground.no === no);
  const refuse = (code: string, params: Record<string, unknown>) =>
    unprocessable(code, { article, ...params }, [{ field: 'ground', code, params: { article, ...params } }]);
  if (!found) throw refuse('mediation.termination_ground', { last: grounds.length });
  if (found.key === 'limit_over' && (limitOn === null || day < limitOn))
    throw refuse('mediation.limit_not_over', { day: limitOn ?? '—' });
  if (found.key === 'no_agreement' && !isStarted) throw refuse('mediation.not_mediated', {});
  return { ...found, article };
}

/** 409 `mediation.void_too_late` once it has ended: then the file tells how. */
export function requireVoidable(state: string): void {
  if (state !== 'mediating') throw conflict('mediation.void_too_late');
}
