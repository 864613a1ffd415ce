import type { RowOf } from '../../api/types.ts';

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
