import { z } from 'zod';
import { column, Flag, listWords } from '../../db/list-schemas.ts';
import { AllowedAction, DayText, Line, Reason } from '../../shared/schemas.ts';

const details = {
  cmaNumber: Line(60).nullable().optional(),
  cnasNumber: Line(60).nullable().optional(),
  validFrom: DayText.nullable().optional(),
  validTo: DayText.nullable().optional(),
  address: Line(300).nullable().optional(),
  phone: Line(40).nullable().optional(),
};

/** POST /api/laboratories */
export const CreateLaboratoryBody = z.strictObject({ name: Line(), ...details });

/** POST /api/laboratories/:id/amend */
export const AmendLaboratoryBody = z.strictObject({ name: Line().optional(), ...details, reason: Reason });

/** GET /api/laboratories */
export const LaboratoryFilter = z.strictObject({ ...listWords, qualified: Flag.optional() });

export const LABORATORY_COLUMNS = {
  name: column.name,
  cmaNumber: column.text,
  cnasNumber: column.text,
  validFrom: column.day,
  validTo: column.day,
  qualified: column.yes,
  address: column.text,
  phone: column.text,
  createdAt: column.at,
} as const;

/** A laboratory: `qualified` says whether its CMA mark is valid today. */
export const LaboratoryView = z.object({
  id: z.uuid(),
  name: z.string(),
  cmaNumber: z.string().nullable(),
  cnasNumber: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
  qualified: z.boolean(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  /** The bureau that entered it. */
  ownerBureauId: z.uuid().nullable(),
  /** Its own administrator keeps its record; no bureau does any more. */
  selfAdministered: z.boolean(),
  version: z.number(),
  createdAt: z.string(),
  allowedActions: z.array(AllowedAction),
});

export type CreateLaboratoryInput = z.infer<typeof CreateLaboratoryBody>;
export type AmendLaboratoryInput = z.infer<typeof AmendLaboratoryBody>;
export type LaboratoryQuery = z.infer<typeof LaboratoryFilter>;
export type LaboratoryView = z.infer<typeof LaboratoryView>;
