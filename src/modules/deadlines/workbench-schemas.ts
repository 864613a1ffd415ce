import { z } from 'zod';
import { Urgency } from '../../db/list-schemas.ts';
import { PageQuery } from '../../db/page.ts';

/**
 * GET /api/workbench. `whose`: what is mine (or of my unit and nobody's yet), or what nobody has; `unitId`: all that a
 * unit has.
 */
export const WorkbenchFilter = z.strictObject({
  ...PageQuery.shape,
  whose: z.enum(['me', 'nobody']).default('me'),
  unitId: z.uuid().optional(),
});
export type WorkbenchFilter = z.infer<typeof WorkbenchFilter>;

/**
 * What waits: an open clock, a sample, a result of the laboratory, an approval, one that was refused, a paper in draft.
 */
const What = z.enum(['clock', 'sample', 'result', 'approval', 'returned', 'draft']);
export type What = z.infer<typeof What>;

const day = z.iso.date().nullable();
const text = z.string().nullable();

/** One thing to do. */
export const WorkbenchRow = z.object({
  what: What,
  /** Of the clock, the sample, the report, the approval, the paper. */
  id: z.uuid(),
  /** The thing it is on, by which the screen finds its page. */
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  number: text,
  title: text,
  state: text,
  /** The kind of a paper in draft, the matter of an approval. */
  detail: text,
  /** The next act on it that the caller may do, as its `allowedActions` name it. */
  nextAction: text,
  rule: text,
  ruleTitle: text,
  article: text,
  side: text,
  isPaused: z.boolean(),
  rawOn: day,
  rolledOn: day,
  targetOn: day,
  /** The last day that counts in law. */
  lastOn: day,
  /** Natural and working days from today to the day aimed at; negative once it has passed, null while not known. */
  daysLeft: z.int().nullable(),
  workingDaysLeft: z.int().nullable(),
  urgency: Urgency,
});
export type WorkbenchRow = z.infer<typeof WorkbenchRow>;

const counts = { overdue: z.int(), soon: z.int(), later: z.int() };

/** Things by the day aimed at, those without one last; `counts` of all of them, not of the page. */
export const Workbench = z.object({
  items: z.array(WorkbenchRow),
  next: z.string().nullable(),
  counts: z.object(counts),
});
export type Workbench = z.infer<typeof Workbench>;

/** GET /api/workbench/units: the open clocks of each unit; without a unit, those nobody has. */
export const UnitCounts = z.object({
  items: z.array(z.object({ unitId: z.uuid().nullable(), unitName: text, ...counts })),
});
export type UnitCounts = z.infer<typeof UnitCounts>;
