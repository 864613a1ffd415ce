import { z } from 'zod';
import { Retention } from '../cases/schemas.ts';
import { DayText, Line, Narrative } from '../../shared/schemas.ts';

/** 正卷、副卷 */
export const Volume = z.enum(['main', 'secondary']);

const FileLine = z.strictObject({
  volume: Volume,
  /** The place in the order of CXGD 78. */
  section: z.int().min(1).max(7),
  title: Line(200),
  /** 文号 */
  number: Line(100).optional(),
  madeOn: DayText.optional(),
  pages: z.int().min(1).max(5000),
});

/** POST /api/cases/:id/archive: the file is bound in the order of CXGD 78 and kept as long as it has to be. */
export const ArchiveBody = z.strictObject({
  retention: Retention,
  archiveNumber: Line(60),
  filedBy: Line(50),
  checkedBy: Line(50),
  note: Narrative(2000).optional(),
  /** In the order of each section; at most a thousand papers. */
  items: z.array(FileLine).min(1).max(1000),
});

/** GET /api/cases/:id/file: the table of contents as it was bound, or as it would be now. */
export const FileView = z.object({
  isBound: z.boolean(),
  archiveNumber: z.string().nullable(),
  archivedOn: z.string().nullable(),
  retention: Retention.nullable(),
  /** The last day it has to be kept; null for good. */
  keepUntil: z.string().nullable(),
  filedBy: z.string().nullable(),
  checkedBy: z.string().nullable(),
  note: z.string().nullable(),
  article: z.string(),
  volumes: z.array(
    z.object({
      volume: Volume,
      pages: z.number(),
      items: z.array(
        z.object({
          no: z.number(),
          section: z.number(),
          title: z.string(),
          number: z.string().nullable(),
          madeOn: z.string().nullable(),
          fromPage: z.number(),
          toPage: z.number(),
        }),
      ),
    }),
  ),
});

export type Volume = z.infer<typeof Volume>;
export type FileLine = z.infer<typeof FileLine>;
export type ArchiveInput = z.infer<typeof ArchiveBody>;
export type FileView = z.infer<typeof FileView>;
