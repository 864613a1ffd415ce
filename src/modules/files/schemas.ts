import { z } from 'zod';
import { Line, Reason } from '../../shared/schemas.ts';

/** What an attachment hangs on. */
export const SubjectQuery = z.strictObject({
  subjectKind: z.string().regex(/^[a-z_]{2,40}$/),
  subjectId: z.uuid(),
});

/** POST /api/attachments; `confidential`: it may show who reported, as all does that hangs on a tip. */
export const UploadQuery = SubjectQuery.extend({ confidential: z.stringbool().default(false) });

/** GET /api/attachments */
export const AttachmentQuery = SubjectQuery.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What somebody wrote beside the file. */
export const Note = Line(500);

/** POST /api/attachments/:id/void */
export const VoidAttachmentBody = z.strictObject({ reason: Reason });

/** An attachment without its content. */
export const AttachmentView = z.object({
  id: z.uuid(),
  subjectKind: z.string(),
  subjectId: z.uuid(),
  name: z.string(),
  note: z.string().nullable(),
  mediaType: z.string(),
  size: z.number(),
  /** Of the content; empty where it is withheld. */
  sha256: z.string(),
  isConfidential: z.boolean(),
  createdBy: z.string(),
  createdByName: z.string().nullable(),
  createdAt: z.string(),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  version: z.number(),
});

export type AttachmentFilter = z.infer<typeof AttachmentQuery>;
export type AttachmentView = z.infer<typeof AttachmentView>;
