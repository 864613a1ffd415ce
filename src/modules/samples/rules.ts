import type { Day } from '../../shared/clock.ts';
import { add, cmp, type Decimal, sum } from '../../shared/decimal.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import type { Flow } from '../../shared/workflow.ts';
import type { SampleState } from './schemas.ts';

/** What may happen to a sample, from its taking to the party's being told. */
export const SAMPLE_FLOW = {
  planned: { collect: 'collected' },
  collected: { dispatch: 'dispatched' },
  dispatched: { receive: 'received', reject: 'rejected' },
  received: { record_result: 'testing' },
  testing: {
    record_result: 'testing',
    verify_result: 'testing',
    return_result: 'testing',
    report: 'reported',
  },
  reported: { notify: 'notified' },
  rejected: { take_back: 'rejected' },
  notified: {},
} as const satisfies Flow<SampleState>;

/** What a laboratory rejected comes back once. 409 `sample.taken_back_already`. */
export function requireStillAway({ takenBackAt }: { takenBackAt: Date | null }): void {
  if (takenBackAt !== null) throw conflict('sample.taken_back_already');
}

const TAKING = '《市场监督管理行政处罚程序规定》第三十一条';

type Taking = {
  boughtOnline: boolean;
  onlineRecord?: string | undefined;
  partyPresent?: string | undefined;
  witnessName?: string | undefined;
};

/**
 * How evidence is sampled (CXGD 31): the party is called, or a witness stands in; what was bought online carries the
 * record of purchase, unpacking and sealing. 422 `sample.online_record`, `sample.nobody_present`.
 */
export function checkTaking({ boughtOnline, onlineRecord, partyPresent, witnessName }: Taking): void {
  if (boughtOnline) {
    if (!onlineRecord) throw lacking('sample.online_record', 'onlineRecord');
    return;
  }
  if (!partyPresent && !witnessName) throw lacking('sample.nobody_present', 'partyPresent');
}

const lacking = (code: string, field: string) =>
  unprocessable(code, { article: TAKING }, [{ field, code: 'field.required' }]);

type PortionLine = { kind: 'test' | 'backup'; quantity: Decimal };

/**
 * What was taken for the test and kept as back-up, exact; together not more than what it was taken from.
 * 422 `sample.no_test_portion`, `sample.more_than_base`.
 */
export function portionSums(portions: readonly PortionLine[], base: Decimal | undefined) {
  const of = (kind: PortionLine['kind']): Decimal =>
    sum(portions.filter((portion) => portion.kind === kind).map((portion) => portion.quantity));
  const [sample, backup] = [of('test'), of('backup')];
  if (cmp(sample, '0') === 0) {
    throw unprocessable('sample.no_test_portion', {}, [
      { field: 'portions', code: 'sample.no_test_portion' },
    ]);
  }
  if (base !== undefined && cmp(add(sample, backup), base) > 0) {
    throw unprocessable('sample.more_than_base', { taken: add(sample, backup), base }, [
      { field: 'baseQuantity', code: 'sample.more_than_base', params: { taken: add(sample, backup), base } },
    ]);
  }
  return { sample, backup: cmp(backup, '0') === 0 ? null : backup };
}

const SIGNATURES = '《食品安全法》第八十五条、第八十六条';

/** A report as its two-person rules need it. */
export type ReportFacts = { state: string; enteredBy: string };

/** The newest report; 409 `sample.no_result` where there is none. */
export function newest<T extends ReportFacts>(reports: readonly T[]): T {
  const report = reports.at(-1);
  if (!report) throw conflict('sample.no_result');
  return report;
}

/** Results are entered where there are none, or where the last ones were sent back. 409 `sample.result_waiting`. */
export function requireRoomForResult(reports: readonly ReportFacts[]): void {
  const last = reports.at(-1);
  if (last && last.state !== 'returned') throw conflict('sample.result_waiting');
}

/**
 * Nobody verifies or approves what he entered himself, in any version of the report: sending back and entering anew
 * by another does not wash it off. 409 `sample.verify_same_person`.
 */
function requireOtherPerson(reports: readonly ReportFacts[], actorId: string): void {
  if (reports.some((report) => report.enteredBy === actorId)) {
    throw conflict('sample.verify_same_person', { article: SIGNATURES });
  }
}

/** 审核: of the newest report, still unverified, by another than whoever entered any. Answers it. */
export function requireVerifiable<T extends ReportFacts>(reports: readonly T[], actorId: string): T {
  const report = newest(reports);
  if (report.state !== 'entered') throw conflict('sample.nothing_to_verify');
  requireOtherPerson(reports, actorId);
  return report;
}

/** Sending back: the newest report, entered or verified. Answers it. 409 `sample.nothing_to_return`. */
export function requireReturnable<T extends ReportFacts>(reports: readonly T[]): T {
  const report = newest(reports);
  if (report.state !== 'entered' && report.state !== 'verified') throw conflict('sample.nothing_to_return');
  return report;
}

/** 批准: the newest report, verified, by another than whoever entered any. 409 `sample.not_verified`. */
export function requireReportable<T extends ReportFacts>(reports: readonly T[], actorId: string): T {
  const report = newest(reports);
  if (report.state !== 'verified') throw conflict('sample.not_verified', { article: SIGNATURES });
  requireOtherPerson(reports, actorId);
  return report;
}

/** What of a report decides whether it can carry a decision. */
export type Fitness = {
  qualified: boolean;
  sealsIntact: boolean;
  methods: readonly { methodStatus: string; methodConsent: string | null }[];
};

const BODY = '《食品安全法》第八十四条；《市场监督管理行政处罚程序规定》第三十二条第一款';
const METHOD = '《食品安全抽样检验管理办法》第二十三条第二款';

/**
 * What a report lacks to carry a decision or a referral (K24): a qualified body, a method with its consent, a whole
 * chain of seals. With anything lacking it is a clue only.
 */
export function shortcomingsOf({
  qualified,
  sealsIntact,
  methods,
}: Fitness): { code: string; article: string }[] {
  const noConsent = methods.some((item) => item.methodStatus === 'other' && item.methodConsent === null);
  return [
    ...(qualified ? [] : [{ code: 'sample.body_not_qualified', article: BODY }]),
    ...(noConsent ? [{ code: 'sample.method_without_consent', article: METHOD }] : []),
    ...(sealsIntact ? [] : [{ code: 'sample.seal_broken', article: BODY }]),
  ];
}

type Running = { state: SampleState; dueOn: Day | null };

/** The states in which the laboratory owes a report. */
export const RUNNING: readonly SampleState[] = ['dispatched', 'received', 'testing'];

/** Whether the day of form #30 has passed without a report. An enforcement sample has no other clock. */
export const isOverdue = ({ state, dueOn }: Running, today: Day): boolean =>
  RUNNING.includes(state) && dueOn !== null && dueOn < today;
