import type { BodyOf, RowOf } from '../../api/types.ts';

type Row = RowOf<'/api/sources'>;

export const SOURCE_STATES = [
  'registered',
  'verifying',
  'case_opened',
  'declined',
  'handed_over',
] as const satisfies readonly Row['state'][];
export const ORIGINS = [
  'inspection',
  'tip',
  'plan_sample',
  'hand_over',
  'assignment',
  'platform',
  'media',
  'mediation',
  'other',
] as const satisfies readonly Row['origin'][];
export const DECLINE_GROUNDS = [
  'minor_corrected',
  'first_minor_corrected',
  'no_fault',
  'other_by_law',
] as const satisfies readonly BodyOf<'/api/sources/{id}/decline'>['ground'][];
export const EXCLUSION_GROUNDS = [
  'testing',
  'inspection',
  'quarantine',
  'appraisal',
  'identification',
] as const satisfies readonly BodyOf<'/api/sources/{id}/exclusions'>['ground'][];
