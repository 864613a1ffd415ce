import { type AppError, badRequest, conflict, unprocessable } from '../shared/errors.ts';

/** Named constraints and the sentence each one means; where a name is missing the class of the error speaks. */
const SENTENCES: Record<string, string> = {
  users_login_key: 'user.login_taken',
  units_name_key: 'unit.name_taken',
  roles_key_key: 'role.key_taken',
  bureaus_area_code_key: 'bureau.area_taken',
  laboratories_name_key: 'laboratory.name_taken',
  grid_areas_name_key: 'grid.name_taken',
  parties_uscc_key: 'party.uscc_taken',
  follow_codes_form_key: 'public.already_sent',
  tip_numbers_number_key: 'tip.outside_number_taken',
  seals_number_key: 'measure.seal_number_taken',
  sample_portions_code_key: 'sample.portion_code_taken',
  laboratory_reports_number_key: 'sample.report_number_taken',
  laboratory_reports_second_person_check: 'sample.verify_same_person',
  approvals_own_proposal_check: 'approval.own_proposal',
  goods_balances_negative_check: 'goods.negative_balance',
  cases_source_party_key: 'case.already_proposed',
  inspections_times_check: 'inspection.times_reversed',
  payments_receipt_key: 'payment.receipt_taken',
  transfers_open_key: 'transfer.already_open',
};

type PgError = { code: string; constraint?: string };

function isPgError(error: unknown): error is PgError {
  return (
    typeof error === 'object' &&
    error !== null &&
    typeof (error as PgError).code === 'string' &&
    'severity' in error
  );
}

/** Classes of refusal, by SQLSTATE: unique, foreign key, check, not null; and losing a race, which may be tried again. */
const REFUSALS: Record<string, (sentence: string | undefined, params: Record<string, unknown>) => AppError> =
  {
    '23505': (sentence, params) => conflict(sentence ?? 'request.duplicate', params),
    '23503': (sentence, params) => unprocessable(sentence ?? 'request.broken_reference', params),
    '23514': (sentence, params) => unprocessable(sentence ?? 'request.check_failed', params),
    // Bytes that are no text, a moment or a number out of PostgreSQL's range: a schema let it through.
    '22021': () => badRequest('request.malformed'),
    '22P05': () => badRequest('request.malformed'),
    '22008': () => badRequest('request.malformed'),
    '22003': () => badRequest('request.malformed'),
    '23502': (sentence, params) => unprocessable(sentence ?? 'request.check_failed', params),
    '40001': () => conflict('request.busy'),
    '40P01': () => conflict('request.busy'),
    '55P03': () => conflict('request.busy'),
  };

/** What a refusal of the database means for the caller; undefined where it is no refusal but a fault. */
export function databaseRefusal(error: unknown): AppError | undefined {
  if (!isPgError(error)) return undefined;
  const sentence = error.constraint ? SENTENCES[error.constraint] : undefined;
  return REFUSALS[error.code]?.(sentence, { constraint: error.constraint });
}
