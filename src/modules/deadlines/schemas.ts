import { z } from 'zod';

export const ClockState = z.enum(['running', 'paused', 'met', 'cancelled']);

const day = z.iso.date().nullable();

/** A clock as it is shown. Days are days in Shanghai, instants ISO 8601. */
export const ClockView = z.object({
  id: z.uuid(),
  /** The version of the limit, e.g. `C01o`. */
  rule: z.string(),
  ruleTitle: z.string(),
  ruleTitleEn: z.string(),
  article: z.string(),
  articleEn: z.string(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  state: ClockState,
  trigger: z.string(),
  triggeredOn: z.iso.date(),
  triggeredAt: z.iso.datetime().nullable(),
  rawOn: day,
  rawAt: z.iso.datetime().nullable(),
  rolledOn: day,
  targetOn: day,
  /** Natural days from today to the target; negative once it has passed; null when not running or not known. */
  daysLeft: z.int().nullable(),
  /** Whether the legal end has passed (for a met clock: had passed when it was met); null while it is not known. */
  overdue: z.boolean().nullable(),
  awaitingYear: z.int().nullable(),
  calendarVersion: z.string(),
  extensions: z.int(),
  exclusions: z.int(),
  metAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export type ClockView = z.infer<typeof ClockView>;
