import type { BodyOf, RowOf } from '../../api/types.ts';

/** The choices whose words are the screens' own; their values are the API's. */
export const OPERATION_STATES = [
  'planned',
  'under_way',
  'ended',
  'called_off',
] as const satisfies readonly RowOf<'/api/operations'>['state'][];

export const LOG_SIDES = [
  'bureau',
  'police',
  'both',
] as const satisfies readonly BodyOf<'/api/operations/{id}/log'>['side'][];
