import type { BodyOf, RowOf } from '../../api/types.ts';

type Row = RowOf<'/api/tips'>;
type Told = BodyOf<'/api/tips/{id}/told'>;

/** The choices whose words are the screens' own; their values are the API's. */
export const TIP_KINDS = ['complaint', 'report', 'enquiry'] as const satisfies readonly Row['kind'][];
export const TIP_STATES = [
  'received',
  'awaiting_identity',
  'accepted',
  'refused',
  'withdrawn',
  'forwarded',
  'mediating',
  'suspended',
  'settled',
  'terminated',
  'verifying',
  'case_opened',
  'not_filed',
  'handed_over',
  'answered',
] as const satisfies readonly Row['state'][];
export const TELL_WAYS = [
  'phone',
  'sms',
  'net',
  'email',
  'letter',
  'in_person',
] as const satisfies readonly Told['way'][];
export const TIP_RELATIONS = [
  'repeat',
  'new_facts',
  'related',
  'different',
] as const satisfies readonly BodyOf<'/api/tips/{id}/link'>['relation'][];
export const TOLD_ABOUT = [
  'acceptance',
  'refusal',
  'filing_decision',
  'result',
  'answer',
  'hand_over',
  'other',
] as const satisfies readonly Told['about'][];
