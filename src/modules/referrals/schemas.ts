import { z } from 'zod';
import {
  assigneeColumns,
  clockWords,
  column,
  dueColumns,
  fieldsOf,
  matterFields,
  originColumns,
  originWords,
  several,
  timeColumns,
} from '../../db/list-schemas.ts';
import { AllowedAction, DayText, InstantText, Line, Narrative } from '../../shared/schemas.ts';
import { ClockView } from '../deadlines/schemas.ts';
import { LaboratoryReportNote, Shortcoming } from '../sources/schemas.ts';

/** The states of a clue notice. */
export const ClueNoticeState = z.enum(['drafted', 'sent', 'acknowledged', 'joined', 'not_taken']);
export type ClueNoticeState = z.infer<typeof ClueNoticeState>;

/** The states of a transfer to the police. */
export const TransferState = z.enum([
  'proposed',
  'approved',
  'refused',
  'delivered',
  'acknowledged',
  'supplementing',
  'police_filed',
  'declined',
  'returned',
]);
export type TransferState = z.infer<typeof TransferState>;

/** POST /api/clue-notices: nothing about the reporter belongs in `content`. */
export const DraftClueNoticeBody = z.strictObject({
  sourceId: z.uuid(),
  caseId: z.uuid().optional(),
  /** The police it goes to. */
  recipient: Line(200),
  content: Narrative(),
});
export type DraftClueNoticeInput = z.infer<typeof DraftClueNoticeBody>;

/** POST /api/clue-notices/:id/send */
export const SendClueNoticeBody = z.strictObject({ sentAt: InstantText.optional() });
export type SendClueNoticeInput = z.infer<typeof SendClueNoticeBody>;

/** POST …/acknowledge: who of the police took it, when; without `acknowledgedAt`: now. */
export const AcknowledgeBody = z.strictObject({
  acknowledgedBy: Line(200),
  acknowledgedAt: InstantText.optional(),
});
export type AcknowledgeInput = z.infer<typeof AcknowledgeBody>;

/** POST /api/clue-notices/:id/conclude: the police act together with the bureau, or do not. */
export const ConcludeClueNoticeBody = z.strictObject({
  result: z.enum(['joined', 'not_taken']),
  outcome: Narrative(2000),
});
export type ConcludeClueNoticeInput = z.infer<typeof ConcludeClueNoticeBody>;

/** What of a clue notice may be corrected: its text only before it is sent. */
export const ClueNoticeChanges = z
  .strictObject({
    recipient: Line(200),
    content: Narrative(),
    acknowledgedBy: Line(200),
    outcome: Narrative(2000),
  })
  .partial();

/** GET /api/clue-notices */
export const ClueNoticeFilter = z.strictObject({
  ...clockWords,
  ...originWords,
  state: several(ClueNoticeState).optional(),
});
export type ClueNoticeQuery = z.infer<typeof ClueNoticeFilter>;

const id = z.uuid().nullable();
const instant = InstantText.nullable();
const text = z.string().nullable();

export const CLUE_NOTICE_COLUMNS = {
  state: column.choice(ClueNoticeState, 'state.clue_notice'),
  recipient: column.name,
  partyName: column.text,
  ...originColumns,
  sentAt: column.instant,
  acknowledgedAt: column.instant,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** A clue notice in a list. */
export const ClueNoticeListItem = z.object({
  ...matterFields,
  ...fieldsOf(CLUE_NOTICE_COLUMNS),
  sourceId: z.uuid(),
  caseId: id,
});
export type ClueNoticeListItem = z.infer<typeof ClueNoticeListItem>;

const Approval = z.object({ id: z.uuid(), state: z.string(), opinion: text }).nullable();
export type ApprovalView = z.infer<typeof Approval>;

/** A clue notice. */
export const ClueNoticeView = ClueNoticeListItem.pick({
  id: true,
  state: true,
  sourceId: true,
  caseId: true,
  recipient: true,
  sentAt: true,
  acknowledgedAt: true,
  assignedUnitId: true,
  assignedUserIds: true,
  version: true,
}).extend({
  voidedAt: instant,
  content: z.string(),
  approval: Approval,
  acknowledgedBy: text,
  outcome: text,
  voidReason: text,
  createdAt: InstantText,
  /** What laboratories reported in the matter, and which of it is a clue only (K24): a notice may pass on either. */
  laboratoryReports: z.array(LaboratoryReportNote),
  allowedActions: z.array(AllowedAction),
});
export type ClueNoticeView = z.infer<typeof ClueNoticeView>;

/** POST /api/transfers: the task group's written report has reached the principal head's office. */
export const ProposeTransferBody = z.strictObject({
  caseId: z.uuid(),
  /** Suspected crime, e.g. 生产、销售伪劣产品罪（刑法第一百四十条）. */
  suspectedCrime: Line(300),
  facts: Narrative(),
  recipient: Line(200),
  /** The procuratorate that gets the copy. */
  procuratorate: Line(200),
  /** The task group of at least two (Order 310 art. 5). */
  groupIds: z.array(z.uuid()).min(1).max(20),
  /** When the written report was received: T01 counts from that day. */
  reportReceivedAt: InstantText,
});
export type ProposeTransferInput = z.infer<typeof ProposeTransferBody>;

/** POST /api/transfers/:id/enclosures: one of the five attachments, an issued paper or a file. */
export const EncloseBody = z
  .strictObject({
    item: z.int().min(1).max(5),
    title: Line(200),
    documentId: z.uuid().optional(),
    attachmentId: z.uuid().optional(),
    /** Which laboratory report it is; null: none of the laboratories' in this matter (an expert opinion, a statement). */
    reportId: z.uuid().nullable().optional(),
  })
  .refine((body) => (body.documentId === undefined) !== (body.attachmentId === undefined), {
    path: ['documentId'],
    params: { code: 'transfer.one_of_two' },
  });
export type EncloseInput = z.infer<typeof EncloseBody>;

/** POST /api/transfers/:id/deliver */
export const DeliverTransferBody = z.strictObject({
  /** Who of the police received it. */
  deliveredTo: Line(200),
  deliveredAt: InstantText.optional(),
  /** When the copy went to the procuratorate, where it went with it. */
  procuratorateCopiedAt: InstantText.optional(),
});
export type DeliverTransferInput = z.infer<typeof DeliverTransferBody>;

/** POST /api/transfers/:id/copy-to-procuratorate */
export const CopyToProcuratorateBody = z.strictObject({ copiedAt: InstantText.optional() });
export type CopyToProcuratorateInput = z.infer<typeof CopyToProcuratorateBody>;

/** POST /api/transfers/:id/police-decision */
export const PoliceDecisionBody = z.strictObject({
  decision: z.enum(['filed', 'declined']),
  on: DayText,
  number: Line(100),
  /** Their reasons; required where they decline (Order 310 art. 8). */
  note: Narrative(5000).optional(),
});
export type PoliceDecisionInput = z.infer<typeof PoliceDecisionBody>;

/** What of a transfer may be corrected: not what the principal head has decided on. */
export const TransferChanges = z
  .strictObject({
    procuratorate: Line(200),
    reportReceivedAt: InstantText,
    deliveredTo: Line(200),
    acknowledgedAt: InstantText,
    acknowledgedBy: Line(200),
    decisionNumber: Line(100),
    decisionNote: Narrative(5000),
  })
  .partial();

/** GET /api/transfers */
export const TransferFilter = z.strictObject({
  ...clockWords,
  state: several(TransferState).optional(),
  caseId: z.uuid().optional(),
});
export type TransferQuery = z.infer<typeof TransferFilter>;

export const TRANSFER_COLUMNS = {
  caseNumber: column.text,
  caseTitle: column.text,
  partyName: column.text,
  state: column.choice(TransferState, 'state.transfer'),
  suspectedCrime: column.name,
  recipient: column.name,
  reportReceivedAt: column.at,
  approvedAt: column.instant,
  deliveredAt: column.instant,
  acknowledgedAt: column.instant,
  decisionOn: column.day,
  ...assigneeColumns,
  ...dueColumns,
  ...timeColumns,
} as const;

/** A transfer in a list. */
export const TransferListItem = z.object({
  ...matterFields,
  ...fieldsOf(TRANSFER_COLUMNS),
  caseId: z.uuid(),
});
export type TransferListItem = z.infer<typeof TransferListItem>;

const Enclosure = z.object({
  id: z.uuid(),
  item: z.int(),
  title: z.string(),
  documentId: id,
  attachmentId: id,
  /** Which laboratory report it is, and what that lacks (K24). */
  report: z.object({ id: z.uuid(), number: z.string(), shortcomings: z.array(Shortcoming) }).nullable(),
  /** Of the file as it was delivered; null until then. */
  sha256: text,
});
export type EnclosureView = z.infer<typeof Enclosure>;

/** A transfer with its enclosures and its clocks. */
export const TransferView = TransferListItem.pick({
  id: true,
  caseId: true,
  state: true,
  suspectedCrime: true,
  recipient: true,
  reportReceivedAt: true,
  approvedAt: true,
  deliveredAt: true,
  acknowledgedAt: true,
  decisionOn: true,
  assignedUnitId: true,
  assignedUserIds: true,
  version: true,
}).extend({
  voidedAt: instant,
  facts: z.string(),
  procuratorate: z.string(),
  group: z.array(z.object({ id: z.uuid(), name: z.string() })),
  approval: Approval,
  deliveredTo: text,
  procuratorateCopiedAt: instant,
  acknowledgedBy: text,
  decisionNumber: text,
  decisionNote: text,
  voidReason: text,
  createdAt: InstantText,
  enclosures: z.array(Enclosure),
  /** What laboratories reported in the matter, and which of it carries no referral (K24). */
  laboratoryReports: z.array(LaboratoryReportNote),
  clocks: z.array(ClockView),
  allowedActions: z.array(AllowedAction),
});
export type TransferView = z.infer<typeof TransferView>;
