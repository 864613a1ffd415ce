import intake from '../../data/intake.json' with { type: 'json' };
import type { Day } from '../../shared/clock.ts';
import { checkResidentId } from '../../shared/codes.ts';
import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import { type ActionOf, type Flow, next } from '../../shared/workflow.ts';
import type { RegisterTipInput, ReporterInput, TipKind, TipState } from './schemas.ts';

/** 投诉: accepted or refused, then mediated to its end (Order 121 art. 15–24). */
export const COMPLAINT_FLOW = {
  received: {
    accept: 'accepted',
    refuse: 'refused',
    request_identity: 'awaiting_identity',
    withdraw: 'withdrawn',
    forward: 'forwarded',
  },
  // Who does not prove his identity in time is refused (art. 16(6)): the seven days go on meanwhile.
  awaiting_identity: { identity_supplied: 'received', refuse: 'refused', withdraw: 'withdrawn' },
  accepted: { start_mediation: 'mediating', delegate: 'mediating', terminate: 'terminated' },
  mediating: {
    suspend: 'suspended',
    settle: 'settled',
    terminate: 'terminated',
    start_testing: 'mediating',
    end_testing: 'mediating',
    report_clue: 'mediating',
    tell: 'mediating',
  },
  suspended: {
    resume: 'mediating',
    terminate: 'terminated',
    end_testing: 'suspended',
    report_clue: 'suspended',
    tell: 'suspended',
  },
  refused: {},
  withdrawn: {},
  forwarded: {},
  settled: { tell: 'settled' },
  terminated: { tell: 'terminated' },
} as const satisfies Flow<ComplaintState>;

type ComplaintState =
  | 'received'
  | 'awaiting_identity'
  | 'accepted'
  | 'mediating'
  | 'suspended'
  | 'refused'
  | 'withdrawn'
  | 'forwarded'
  | 'settled'
  | 'terminated';

/** 举报: becomes a case source, whose outcome is its own. */
export const REPORT_FLOW = {
  received: { open_source: 'verifying' },
  verifying: { open_case: 'case_opened', decline: 'not_filed', hand_over: 'handed_over' },
  case_opened: {},
  not_filed: {},
  handed_over: {},
} as const satisfies Flow<'received' | 'verifying' | 'case_opened' | 'not_filed' | 'handed_over'>;

/** 咨询: answered. */
export const ENQUIRY_FLOW = { received: { answer: 'answered' }, answered: {} } as const satisfies Flow<
  'received' | 'answered'
>;

export type ComplaintAction = ActionOf<typeof COMPLAINT_FLOW>;

export type TipAction = ComplaintAction | ActionOf<typeof REPORT_FLOW> | ActionOf<typeof ENQUIRY_FLOW>;

const FLOWS: Record<TipKind, Flow<string>> = {
  complaint: COMPLAINT_FLOW,
  report: REPORT_FLOW,
  enquiry: ENQUIRY_FLOW,
};

/**
 * The state an action leads to. 409 `workflow.action_not_allowed` in the wrong state, or for the wrong kind of tip:
 * a report is not accepted, a complaint opens no source.
 */
export const nextState = ({ kind, state }: { kind: TipKind; state: TipState }, action: TipAction): TipState =>
  next(FLOWS[kind], state, action) as TipState;

type Named = { key: string };

function unknownKey(list: readonly Named[], key: string | null | undefined, field: string): FieldError[] {
  if (key === null || key === undefined || list.some((entry) => entry.key === key)) return [];
  return [{ field, code: 'field.choice', params: { values: list.map((entry) => entry.key) } }];
}

type Keys = {
  channel?: string;
  category?: string | null | undefined;
  outsideNumbers?: readonly { system: string }[];
};

/** 422 `request.invalid` for a channel, category or outside system that is in none of the lists. */
export function checkKeys({ channel, category, outsideNumbers = [] }: Keys): void {
  const errors = [
    ...unknownKey(intake.channels, channel, 'channel'),
    ...unknownKey(intake.categories, category, 'category'),
    ...outsideNumbers.flatMap(({ system }, i) =>
      unknownKey(intake.systems, system, `outsideNumbers.${i}.system`),
    ),
  ];
  if (errors.length > 0) throw unprocessable('request.invalid', {}, errors);
}

type InForce = { from: string; to: string | null; article: string };

function inForceOn<T extends InForce>(versions: readonly T[], day: Day): T {
  const found = versions.find(({ from, to }) => from <= day && (to === null || day <= to));
  // Before 2020 there was no such order; what is entered of that time follows the oldest we know.
  return found ?? versions[0]!;
}

type Entered = Pick<RegisterTipInput, 'demand'> & {
  reporter?: Partial<ReporterInput> | undefined;
  respondent: { address?: string | null | undefined };
};

/**
 * What a complaint must bring (Order 121 art. 10(1), Order 20 art. 9(1)): who complains, with name, phone and address,
 * against whom and where, and what is asked. 422 `tip.complaint_incomplete`, each missing field named.
 */
export function checkComplaint({ reporter, respondent, demand }: Entered, day: Day): void {
  const missing: string[] = [];
  for (const field of ['name', 'phone', 'address'] as const) {
    if (!reporter?.[field]) missing.push(`reporter.${field}`);
  }
  if (reporter?.anonymous) missing.push('reporter.anonymous');
  if (!respondent.address) missing.push('respondent.address');
  if (!demand) missing.push('demand');
  if (missing.length === 0) return;
  const { article } = inForceOn(intake.complaintMaterial, day);
  const errors = missing.map((field) => ({
    field,
    code: field === 'reporter.anonymous' ? 'tip.complaint_not_anonymous' : 'field.required',
  }));
  throw unprocessable('tip.complaint_incomplete', { article }, errors);
}

/** What the vault keeps of a reporter; null where there is nothing to keep. */
export type Reporter = {
  name: string | null;
  phone: string | null;
  address: string | null;
  idType: 'resident_id' | 'passport' | 'other' | null;
  idNumber: string | null;
  email: string | null;
  otherContact: string | null;
  organisation: string | null;
  representative: string | null;
};

/**
 * The reporter as kept. 422 `tip.reporter_wrong` where one who wants to stay unknown gives a name, one who does not
 * gives none, or a resident ID cannot be one; no error says what was entered.
 */
export function checkedReporter(input: ReporterInput, today: Day): Reporter {
  const id = checkedId(input, today);
  const errors: FieldError[] = [...identityErrors(input), ...id.errors];
  if (errors.length > 0) throw unprocessable('tip.reporter_wrong', {}, errors);
  const given = Object.fromEntries(PLAIN.map((field) => [field, input[field] ?? null]));
  const idType = id.value === null ? null : (input.idType ?? 'resident_id');
  return { ...(given as Pick<Reporter, (typeof PLAIN)[number]>), idType, idNumber: id.value };
}

const PLAIN = [
  'name',
  'phone',
  'address',
  'email',
  'otherContact',
  'organisation',
  'representative',
] as const;

function identityErrors(input: ReporterInput): FieldError[] {
  if (!input.anonymous) return input.name ? [] : [{ field: 'reporter.name', code: 'field.required' }];
  const named = (['name', 'idNumber', 'organisation', 'representative'] as const).filter(
    (field) => input[field],
  );
  return named.map((field) => ({ field: `reporter.${field}`, code: 'tip.anonymous_with_name' }));
}

function checkedId(
  { idNumber, idType }: ReporterInput,
  today: Day,
): { value: string | null; errors: FieldError[] } {
  if (!idNumber) return { value: null, errors: [] };
  if (idType !== undefined && idType !== 'resident_id') return { value: idKey(idNumber), errors: [] };
  const check = checkResidentId(idNumber, today);
  if (check.ok) return { value: check.value, errors: [] };
  return { value: null, errors: [{ field: 'reporter.idNumber', code: check.reason }] };
}

/** An identity number as it is looked for: half width, capitals, no spaces. */
export const idKey = (idNumber: string): string =>
  idNumber.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** A phone number as it is looked for: its figures, without the country's. */
export function phoneKey(phone: string): string {
  const figures = phone.normalize('NFKC').replace(/\D/g, '');
  return /^(?:00)?86(?=1\d{10}$|0\d{9,11}$)/.test(figures) ? figures.replace(/^(?:00)?86/, '') : figures;
}

/** The grounds on which a complaint may be refused on a day, and the article they stand in. */
export const refusalGrounds = (day: Day) => inForceOn(intake.refusalGrounds, day);

/** The words and the article of a ground. 422 `tip.refusal_ground` for a number the order in force does not have. */
export function refusalGround(no: number, day: Day): { zh: string; en: string; article: string } {
  const { article, grounds } = refusalGrounds(day);
  const ground = grounds.find((entry) => entry.no === no);
  if (!ground) {
    const errors = [
      { field: 'ground', code: 'field.choice', params: { values: grounds.map((entry) => entry.no) } },
    ];
    throw unprocessable('tip.refusal_ground', { article, last: grounds.length }, errors);
  }
  return { zh: ground.zh, en: ground.en, article };
}

// Order 20 until 2026-04-14, then Order 121.
const byOrder = (before: string, since: string): InForce[] => [
  { from: '2020-01-01', to: '2026-04-14', article: `《市场监督管理投诉举报处理暂行办法》${before}` },
  { from: '2026-04-15', to: null, article: `《市场监督管理投诉举报处理办法》${since}` },
];

const ARTICLES = { split: byOrder('第七条', '第九条'), silence: byOrder('第三十三条', '第三十七条') };

/** Where the order in force on a day has it that letters of both kinds are split, and that reporters are not named. */
export const articleOf = (what: keyof typeof ARTICLES, day: Day): string =>
  inForceOn(ARTICLES[what], day).article;

const IDENTITY = '《市场监督管理投诉举报处理办法》第十条第三款、第十五条';

type Limit = { rule: string; state: string; rawOn: Day | null };

/**
 * The last day of the seven in which proof of identity may be asked for (Order 121 art. 10(3)); null while the calendar
 * does not know it. 409 `tip.no_identity_check` before that order was in force, `tip.identity_too_late` once they are over.
 */
export function requireIdentityCheck(clocks: readonly Limit[], today: Day): Day | null {
  if (today < '2026-04-15') throw conflict('tip.no_identity_check', { article: IDENTITY });
  const last = clocks.find(({ rule }) => rule === 'C01' || rule === 'C01o')?.rawOn ?? null;
  if (last !== null && last < today)
    throw conflict('tip.identity_too_late', { day: last, article: IDENTITY });
  return last;
}

/** 422 `tip.identity_due` for a day before it is asked, or past the seven days of acceptance. */
export function checkIdentityDue(dueOn: Day, { askedOn, last }: { askedOn: Day; last: Day | null }): void {
  if (dueOn >= askedOn && (last === null || dueOn <= last)) return;
  const code = 'tip.identity_due';
  const params = { from: askedOn, to: last ?? '—', article: IDENTITY };
  throw unprocessable(code, params, [{ field: 'dueOn', code, params }]);
}

/** The other kind a letter that is both is split into. 409 `tip.not_splittable` for an enquiry, or a second time. */
export function splitKind(
  { kind, isSplit }: { kind: TipKind; isSplit: boolean },
  day: Day,
): 'complaint' | 'report' {
  if (kind === 'enquiry' || isSplit)
    throw conflict('tip.not_splittable', { article: articleOf('split', day) });
  return kind === 'complaint' ? 'report' : 'complaint';
}

/** 422 `tip.competent_before_received` where the competent bureau would have had it before the intake desk. */
export function checkCompetentOn(competentOn: Day, receivedOn: Day): void {
  if (competentOn >= receivedOn) return;
  const errors = [{ field: 'competentOn', code: 'tip.competent_before_received' }];
  throw unprocessable('tip.competent_before_received', {}, errors);
}
