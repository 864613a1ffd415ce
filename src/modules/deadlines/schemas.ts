import { z } from 'zod';
import { AllowedAction, DayText, Line, Narrative, Reason } from '../../shared/schemas.ts';

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

/** What does not count while it lasts. */
export const ExclusionCause = z.enum([
  'testing',
  'appraisal',
  'identification',
  'hearing',
  'public_notice',
  'suspension',
  'refund',
  'force_majeure',
  'consultation',
]);

const removed = {
  /** Where it was taken back: it no longer counts. */
  removedAt: z.iso.datetime({ offset: true }).nullable(),
  removeReason: z.string().nullable(),
};

const ExclusionView = z.object({
  id: z.uuid(),
  cause: ExclusionCause,
  from: z.iso.date(),
  to: day,
  ground: z.string(),
  documentId: z.uuid().nullable(),
  resumeDocumentId: z.uuid().nullable(),
  /** The thing that took the time out by itself. */
  origin: z.object({ kind: z.string(), id: z.uuid() }).nullable(),
  at: z.iso.datetime({ offset: true }),
  actorId: z.string(),
  ...removed,
});

const ExtensionView = z.object({
  id: z.uuid(),
  value: z.int(),
  unit: z.string(),
  reason: z.string(),
  approvalId: z.uuid().nullable(),
  documentId: z.uuid().nullable(),
  /** The name of who approved it. */
  approvedBy: z.string().nullable(),
  at: z.iso.datetime({ offset: true }),
  actorId: z.string(),
  ...removed,
});

/** A line of a clock's history. */
export const HistoryView = z.object({
  id: z.int(),
  at: z.iso.datetime({ offset: true }),
  actorId: z.string(),
  change: z.string(),
  rawOn: day,
  rolledOn: day,
  detail: z.record(z.string(), z.unknown()),
});
export type HistoryView = z.infer<typeof HistoryView>;

/** GET /api/clocks/:id/history, newest first. */
export const HistoryQuery = z.strictObject({
  /** Lines older than this one. */
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;
export const HistoryPage = z.object({ items: z.array(HistoryView), next: z.string().nullable() });

/** A clock with everything that made it what it is. */
export const ClockDetail = ClockView.extend({
  exclusionList: z.array(ExclusionView),
  extensionList: z.array(ExtensionView),
  /** The last lines, oldest first; all of them by GET …/history. */
  history: z.array(HistoryView),
  /** What may take time out of it by law. */
  causes: z.array(ExclusionCause),
  /** What the next extension may be: at most `value`, null where the law leaves it open; null where there is none. */
  extensionLeft: z.object({ value: z.int().nullable(), unit: z.string() }).nullable(),
  /** The request for more time a head has before him. */
  extensionWaiting: z.uuid().nullable(),
  /** The clock that ended for this one to begin anew. */
  restartOf: z.uuid().nullable(),
  cancelReason: z.string().nullable(),
  allowedActions: z.array(AllowedAction),
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

const interruption = {
  from: DayText,
  /** One of those the law names for the limit; the first of them, where it is left out. */
  cause: ExclusionCause.optional(),
  ground: Narrative(500),
  documentId: z.uuid().optional(),
};

/** POST /api/clocks/:id/exclude: time taken out of a clock by hand, with the paper it rests on. */
export const ExcludeBody = z.strictObject({ ...interruption, to: DayText });
export type ExcludeBody = z.infer<typeof ExcludeBody>;

/** POST /api/clocks/:id/pause: from a day on, until it is resumed. */
export const PauseBody = z.strictObject(interruption);
export type PauseBody = z.infer<typeof PauseBody>;

/** POST /api/clocks/:id/resume: the last day that does not count. */
export const ResumeBody = z.strictObject({ to: DayText, documentId: z.uuid().optional() });
export type ResumeBody = z.infer<typeof ResumeBody>;

/** POST /api/clocks/:id/extend: `value` in the limit's own unit, where the law leaves it open or less is asked. */
export const ExtendBody = z.strictObject({
  reason: Reason,
  value: z.int().min(1).max(3650).optional(),
  documentId: z.uuid().optional(),
});
export type ExtendBody = z.infer<typeof ExtendBody>;

/** POST /api/clocks/:id/restart: the day the last report with new facts came in. */
export const RestartBody = z.strictObject({ on: DayText, reason: Reason });
export type RestartBody = z.infer<typeof RestartBody>;

/** POST /api/clocks/:id/extensions/:partId/remove and …/exclusions/:partId/remove */
export const RemoveBody = z.strictObject({ reason: Reason });
export type RemoveBody = z.infer<typeof RemoveBody>;
export const PartParams = z.strictObject({ id: z.uuid(), partId: z.uuid() });

/** A year as announced, in the shape of the project's own data; `overlay` lays days over a loaded year. */
export const CalendarBody = z.strictObject({
  kind: z.enum(['year', 'overlay']).default('year'),
  source: Line(500).default('import'),
  year: z.int().min(2000).max(2100),
  papers: z.array(Line(500)).max(20).default([]),
  days: z.array(z.strictObject({ name: Line(50), date: DayText, isOffDay: z.boolean() })).max(366),
});

const Ends = z.object({ rawOn: day, rolledOn: day, targetOn: day, awaitingYear: z.int().nullable() });

/** An open clock a calendar moves, from where to where. */
const Moved = z.object({
  clockId: z.uuid(),
  rule: z.string(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  before: Ends,
  after: Ends,
});
export type Moved = z.infer<typeof Moved>;

/** POST /api/calendars/preview: what an import would move; the first 200 by name. */
export const CalendarPreview = z.object({
  year: z.int(),
  kind: z.enum(['year', 'overlay']),
  calendarVersion: z.string(),
  movedCount: z.int(),
  moved: z.array(Moved),
});
export type CalendarPreview = z.infer<typeof CalendarPreview>;

/** An import; all that it moved stand under GET …/moved once they are moved. */
export const ImportedCalendar = CalendarPreview.extend({ id: z.uuid(), revision: z.int() });
export type ImportedCalendar = z.infer<typeof ImportedCalendar>;

/** A page of the clocks an import has moved, newest first. */
export const MovedPage = z.object({
  items: z.array(Moved.extend({ at: z.iso.datetime({ offset: true }) })),
  next: z.string().nullable(),
});
export type MovedPage = z.infer<typeof MovedPage>;

/** A year whose arrangement is not loaded, and how many open clocks of the bureau wait for it. */
const AwaitedYear = z.object({ year: z.int(), clocks: z.int() });
export type AwaitedYear = z.infer<typeof AwaitedYear>;

export const CalendarList = z.object({
  /** Of the bureau's calendar as it counts now. */
  version: z.string(),
  /** Years clocks wait for; from November on the coming one, where it is not loaded. */
  awaiting: z.array(AwaitedYear),
  items: z.array(
    z.object({
      /** Of an import; null for what comes with the product. */
      id: z.uuid().nullable(),
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
