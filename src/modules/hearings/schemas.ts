import { z } from 'zod';
import { AllowedAction, DayText, InstantText, Line, Narrative, Reason } from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { ServiceView } from '../services/schemas.ts';

/** The states of a hearing. */
export const HearingState = z.enum([
  'requested',
  'appointed',
  'file_handed',
  'scheduled',
  'ended',
  'terminated',
  'reported',
]);

/** POST /api/cases/:id/hearing/request */
export const RequestHearingBody = z.strictObject({
  requestedOn: DayText,
  requestedBy: Line(100),
  request: Narrative(5000),
});

/** POST /api/cases/:id/hearing/appoint */
export const AppointHostBody = z.strictObject({
  hostId: z.uuid(),
  /** 听证员 */
  memberIds: z.array(z.uuid()).max(2).default([]),
  recorderId: z.uuid(),
  interpreter: Line(50).optional(),
  /** Why others were named before: a recusal (TZBF 4). */
  reason: Reason.optional(),
});

/** POST /api/cases/:id/hearing/hand-file */
export const HandFileBody = z.strictObject({ handedOn: DayText });

const appointment = { heldAt: InstantText, place: Line(200) };

/** POST /api/cases/:id/hearing/schedule */
export const ScheduleBody = z.strictObject({
  ...appointment,
  isPublic: z.boolean(),
  /** 涉及国家秘密、商业秘密或者个人隐私: why not in public. */
  closedReason: Narrative(2000).optional(),
});

/** POST /api/cases/:id/hearing/announce */
export const AnnounceBody = z.strictObject({ announcedOn: DayText });

/** POST /api/cases/:id/hearing/adjourn */
export const AdjournBody = z.strictObject({ ...appointment, reason: Reason });

/** POST /api/cases/:id/hearing/end (#40) */
export const EndHearingBody = z.strictObject({
  endedAt: InstantText,
  participants: Narrative(5000),
  record: Narrative(),
});

/** POST /api/cases/:id/hearing/terminate */
export const TerminateHearingBody = z.strictObject({
  /** 撤回、无正当理由不出席、中途退出、其他 */
  ground: z.enum(['withdrawn', 'absent', 'left', 'other']),
  reason: Reason,
});

/** POST /api/cases/:id/hearing/report (#41) */
export const ReportHearingBody = z.strictObject({ report: Narrative(), opinion: Narrative(5000) });

const Person = z.object({ id: z.uuid(), name: z.string() });

export const HearingView = z.object({
  id: z.uuid(),
  state: HearingState,
  proposalId: z.uuid(),
  requestedOn: z.string(),
  requestedBy: z.string(),
  request: z.string(),
  host: Person.nullable(),
  members: z.array(Person),
  recorder: Person.nullable(),
  interpreter: z.string().nullable(),
  fileHandedOn: z.string().nullable(),
  heldAt: z.string().nullable(),
  place: z.string().nullable(),
  isPublic: z.boolean().nullable(),
  closedReason: z.string().nullable(),
  noticeServedOn: z.string().nullable(),
  announcedOn: z.string().nullable(),
  adjournments: z.array(
    z.object({ heldAt: z.string(), place: z.string(), reason: z.string(), on: z.string() }),
  ),
  endedAt: z.string().nullable(),
  participants: z.string().nullable(),
  record: z.string().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
  report: z.string().nullable(),
  opinion: z.string().nullable(),
  reportedOn: z.string().nullable(),
  services: z.array(ServiceView),
});

/** GET /api/cases/:id/hearings */
export const HearingsView = z.object({
  caseId: z.uuid(),
  state: z.string(),
  hearings: z.array(HearingView),
  clocks: z.array(ClockView),
  allowedActions: z.array(AllowedAction),
});

export type HearingState = z.infer<typeof HearingState>;
export type RequestHearingInput = z.infer<typeof RequestHearingBody>;
export type AppointHostInput = z.infer<typeof AppointHostBody>;
export type ScheduleInput = z.infer<typeof ScheduleBody>;
export type AdjournInput = z.infer<typeof AdjournBody>;
export type EndHearingInput = z.infer<typeof EndHearingBody>;
export type TerminateHearingInput = z.infer<typeof TerminateHearingBody>;
export type ReportHearingInput = z.infer<typeof ReportHearingBody>;
export type HearingView = z.infer<typeof HearingView>;
export type HearingsView = z.infer<typeof HearingsView>;
