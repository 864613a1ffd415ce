import { z } from 'zod';
import { DayText, Line, Narrative } from '../../shared/schemas.ts';

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
  /** Whose limit it is, and what its end means for them. */
  side: z.enum(['bureau', 'party', 'police', 'laboratory', 'procuratorate', 'court']),
  nature: z.enum(['duty', 'right', 'power', 'period']),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  state: ClockState,
  trigger: z.string(),
  triggeredOn: z.iso.date(),
  triggeredAt: z.iso.datetime({ offset: true }).nullable(),
  rawOn: day,
  rawAt: z.iso.datetime({ offset: true }).nullable(),
  rolledOn: day,
  targetOn: day,
  /** The last day that counts in law: raw for the bureau's duties and powers, rolled for everybody else. */
  lastOn: day,
  /** Natural days from today to the target; negative once it has passed; null when not running or not known. */
  daysLeft: z.int().nullable(),
  /** Whether the legal end has passed (for a met clock: had passed when it was met); null while it is not known. */
  overdue: z.boolean().nullable(),
  awaitingYear: z.int().nullable(),
  calendarVersion: z.string(),
  extensions: z.int(),
  exclusions: z.int(),
  metAt: z.iso.datetime({ offset: true }).nullable(),
  version: z.int(),
});
export type ClockView = z.infer<typeof ClockView>;

/** The workbench's filter; soonest target first, those without one last. */
export const ClockFilter = z.strictObject({
  state: ClockState.default('running'),
  subjectKind: Line(40).optional(),
  dueBefore: DayText.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ClockFilter = z.infer<typeof ClockFilter>;

const ExclusionView = z.object({
  from: z.iso.date(),
  to: day,
  ground: z.string(),
  documentId: z.uuid().nullable(),
  at: z.iso.datetime({ offset: true }),
  actorId: z.string(),
});

const ExtensionView = z.object({
  value: z.int(),
  unit: z.string(),
  reason: z.string(),
  approvalId: z.uuid().nullable(),
  /** The name of who approved it. */
  approvedBy: z.string().nullable(),
  at: z.iso.datetime({ offset: true }),
  actorId: z.string(),
});

const HistoryView = z.object({
  at: z.iso.datetime({ offset: true }),
  actorId: z.string(),
  change: z.string(),
  rawOn: day,
  rolledOn: day,
  detail: z.record(z.string(), z.unknown()),
});

/** A clock with everything that made it what it is. */
export const ClockDetail = ClockView.extend({
  exclusionList: z.array(ExclusionView),
  extensionList: z.array(ExtensionView),
  history: z.array(HistoryView),
});
export type ClockDetail = z.infer<typeof ClockDetail>;

/** Why a clock ends when it ends, in the caller's language, and day by day. */
export const ClockExplanation = z.object({
  id: z.uuid(),
  sentences: z.array(z.string()),
  days: z.array(
    z.object({
      day: z.iso.date(),
      counted: z.boolean(),
      kind: z.enum(['working', 'make_up', 'weekend', 'holiday', 'not_loaded', 'natural', 'excluded']),
      text: z.string(),
    }),
  ),
});
export type ClockExplanation = z.infer<typeof ClockExplanation>;

/** Time taken out of a clock by hand, with the paper it rests on. */
export const ExcludeBody = z.strictObject({
  from: DayText,
  to: DayText,
  ground: Narrative(500),
  documentId: z.uuid().optional(),
});
export type ExcludeBody = z.infer<typeof ExcludeBody>;

/** A year as announced, in the shape of the project's own data; `overlay` lays days over a loaded year. */
export const CalendarBody = z.strictObject({
  kind: z.enum(['year', 'overlay']).default('year'),
  source: Line(500).default('import'),
  year: z.int().min(2000).max(2100),
  papers: z.array(Line(500)).max(20).default([]),
  days: z.array(z.strictObject({ name: Line(50), date: DayText, isOffDay: z.boolean() })).max(366),
});

const Ends = z.object({ rawOn: day, rolledOn: day, targetOn: day, awaitingYear: z.int().nullable() });

export const ImportedCalendar = z.object({
  id: z.uuid(),
  year: z.int(),
  kind: z.enum(['year', 'overlay']),
  revision: z.int(),
  calendarVersion: z.string(),
  moved: z.array(
    z.object({
      clockId: z.uuid(),
      rule: z.string(),
      subject: z.object({ kind: z.string(), id: z.uuid() }),
      before: Ends,
      after: Ends,
    }),
  ),
});
export type ImportedCalendar = z.infer<typeof ImportedCalendar>;

export const CalendarList = z.object({
  /** Of the bureau's calendar as it counts now. */
  version: z.string(),
  items: z.array(
    z.object({
      year: z.int(),
      kind: z.enum(['year', 'overlay']),
      scope: z.enum(['product', 'national', 'bureau']),
      revision: z.int(),
      source: z.string(),
      days: z.array(z.object({ name: z.string(), date: z.iso.date(), isOffDay: z.boolean() })),
    }),
  ),
});
export type CalendarList = z.infer<typeof CalendarList>;
