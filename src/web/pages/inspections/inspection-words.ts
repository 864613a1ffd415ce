import type { BodyOf, RowOf } from '../../api/types.ts';

type Row = RowOf<'/api/inspections'>;
type Start = BodyOf<'/api/inspections/{id}/start'>;

/** The choices whose words are the screens' own; their values are the API's. */
export const INSPECTION_KINDS = ['on_site', 'online'] as const satisfies readonly Row['kind'][];
export const INSPECTION_STATES = ['planned', 'under_way', 'ended'] as const satisfies readonly Row['state'][];
export const PRESENCES = ['present', 'absent'] as const satisfies readonly Start['partyPresent'][];
export const SIDES = ['party', 'witness', 'police'] as const satisfies readonly NonNullable<
  Start['people']
>[number]['side'][];

/** Sides of people in the order they are shown. */
export const ALL_SIDES = ['bureau', 'police', 'party', 'witness'] as const;
