import { z } from 'zod';
import { Line, Narrative } from '../../shared/schemas.ts';

const optional = <T extends z.ZodType>(type: T) => type.nullable().optional();

/** What an identity number stands in. */
export const IdType = z.enum(['resident_id', 'passport', 'other']);

/** 投诉人、举报人. Encrypted at rest; leaves the module through the permitted view alone. */
export const ReporterInput = z.strictObject({
  /** Only a report or an enquiry may be anonymous; a phone to ask back may be kept all the same. */
  anonymous: z.boolean().default(false),
  name: optional(Line(100)),
  phone: optional(Line(30)),
  address: optional(Line(300)),
  idType: IdType.optional(),
  idNumber: optional(Line(40)),
  email: optional(z.email().max(200)),
  otherContact: optional(Line(200)),
  /** Where an organisation reports: it, and who represents it. */
  organisation: optional(Line(200)),
  representative: optional(Line(100)),
});

/** POST /api/tips/:id/reporter: the whole of it, as it is right. */
export const AmendReporterBody = z.strictObject({ reporter: ReporterInput, reason: Narrative(2000) });

/** POST /api/tips/by-reporter */
export const ByReporterBody = z
  .strictObject({ phone: Line(30).optional(), idNumber: Line(40).optional() })
  .refine((body) => (body.phone === undefined) !== (body.idNumber === undefined), {
    path: ['phone'],
    params: { code: 'tip.phone_or_id' },
  });

/** GET /api/tips/:id/reporter: each look is audited. */
export const ReporterView = z.object({
  tipId: z.uuid(),
  anonymous: z.boolean(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  idType: IdType.nullable(),
  idNumber: z.string().nullable(),
  email: z.string().nullable(),
  otherContact: z.string().nullable(),
  organisation: z.string().nullable(),
  representative: z.string().nullable(),
  told: z.array(
    z.object({
      about: z.string(),
      way: z.string(),
      toldAt: z.string(),
      content: z.string(),
      failedReason: z.string().nullable(),
    }),
  ),
});

export type ReporterInput = z.infer<typeof ReporterInput>;
export type AmendReporterInput = z.infer<typeof AmendReporterBody>;
export type ByReporterInput = z.infer<typeof ByReporterBody>;
export type ReporterView = z.infer<typeof ReporterView>;
