import { z } from 'zod';
import { Line } from '../../shared/schemas.ts';

/** The states of one inspection. */
export const InspectionState = z.enum(['planned', 'under_way', 'ended']);
export type InspectionState = z.infer<typeof InspectionState>;

const extra = { organisation: Line(200).optional(), role: Line(100).optional() };

/** Somebody of the police: name and badge, and whose officer it is. */
export const PolicePerson = z.strictObject({
  side: z.literal('police'),
  name: Line(100),
  /** 警号 */
  credential: Line(50),
  organisation: Line(200),
  role: Line(100).optional(),
});

/** Somebody on the scene who is no officer of the bureau. */
export const ScenePerson = z.discriminatedUnion('side', [
  PolicePerson,
  z.strictObject({ side: z.literal('party'), name: Line(100), credential: Line(50).optional(), ...extra }),
  z.strictObject({ side: z.literal('witness'), name: Line(100), credential: Line(50).optional(), ...extra }),
]);
export type ScenePerson = z.infer<typeof ScenePerson>;

export const OfficerIds = z.array(z.uuid()).max(50);

/** Who was there, as it was written down. */
export const PersonView = z.object({
  side: z.enum(['bureau', 'police', 'party', 'witness']),
  userId: z.uuid().nullable(),
  name: z.string(),
  credential: z.string().nullable(),
  organisation: z.string().nullable(),
  role: z.string().nullable(),
});
export type PersonView = z.infer<typeof PersonView>;
