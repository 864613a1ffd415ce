import type { BodyOf, RowOf } from '../../api/types.ts';

export const CASE_STATES = [
  'proposed',
  'investigating',
  'suspended',
  'in_review',
  'proposed_decision',
  'notified',
  'hearing',
  'heard',
  'rechecked',
  'submitted_to_city',
  'decided',
  'performing',
  'closing',
  'closed',
  'archived',
  'declined',
] as const satisfies readonly RowOf<'/api/cases'>['state'][];

export const DECISION_KINDS = [
  'penalty',
  'no_penalty',
  'not_made_out',
  'other_agency',
  'judicial_organ',
  'other',
] as const satisfies readonly BodyOf<'/api/cases/{id}/conclude'>['suggested'][];

export const LEGAL_GROUNDS = [
  'public_interest',
  'complex',
  'by_law',
] as const satisfies readonly BodyOf<'/api/cases/{id}/refer-to-legal'>['grounds'][number][];

export const REVIEW_OPINIONS = [
  'agree',
  'correct',
  'supplement',
] as const satisfies readonly BodyOf<'/api/cases/{id}/review'>['opinion'][];

export const PAUSE_GROUNDS = [
  'other_ruling',
  'legal_question',
  'force_majeure',
  'party_missing',
  'other',
] as const satisfies readonly BodyOf<'/api/cases/{id}/suspend'>['ground'][];

export const TERMINATION_GROUNDS = [
  'person_dead',
  'entity_ended',
  'other',
] as const satisfies readonly BodyOf<'/api/cases/{id}/terminate'>['ground'][];

export const TIERS = ['exempt', 'reduced', 'lighter', 'normal', 'heavier'] as const;

export const GAINS_METHODS = [
  'deducting',
  'whole',
  'partly',
  'not_calculable',
  'not_separate',
] as const satisfies readonly BodyOf<'/api/cases/{id}/gains'>['method'][];

export const OTHER_PENALTIES = [
  'warning',
  'criticism',
  'suspend_licence',
  'downgrade',
  'revoke_licence',
  'revoke_business',
  'restrict_business',
  'stop_business',
  'close',
  'ban',
] as const;

export const SERVICE_WAYS = [
  'direct',
  'left',
  'electronic',
  'post',
  'entrusted',
  'forwarded',
  'public_notice',
] as const satisfies readonly BodyOf<'/api/cases/{id}/notice/serve'>['way'][];

export const RECEIVER_ROLES = [
  'party',
  'family_adult',
  'representative',
  'mail_clerk',
  'agent',
  'designated',
] as const;

export const HEARING_ENDS = [
  'withdrawn',
  'absent',
  'left',
  'other',
] as const satisfies readonly BodyOf<'/api/cases/{id}/hearing/terminate'>['ground'][];

export const PAYMENT_PURPOSES = [
  'fine',
  'gains',
  'surcharge',
] as const satisfies readonly BodyOf<'/api/cases/{id}/payments'>['purpose'][];

export const PAYMENT_WAYS = [
  'bank',
  'electronic',
  'on_the_spot',
  'auction',
  'court',
] as const satisfies readonly BodyOf<'/api/cases/{id}/payments'>['way'][];

export const COURT_OUTCOMES = [
  'accepted',
  'refused',
  'enforced',
  'ended',
] as const satisfies readonly BodyOf<'/api/cases/{id}/court-answer'>['outcome'][];
