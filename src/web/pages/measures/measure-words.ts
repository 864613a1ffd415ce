import type { BodyOf, RowOf } from '../../api/types.ts';

/** The choices whose words are the screens' own; their values are the API's. */
export const MEASURE_STATES = [
  'proposed',
  'approved',
  'refused',
  'in_force',
  'lifted',
  'expired',
  'ended',
] as const satisfies readonly RowOf<'/api/measures'>['state'][];

export const MEASURE_KINDS = [
  'seizure',
  'sealing',
] as const satisfies readonly BodyOf<'/api/measures'>['kind'][];
