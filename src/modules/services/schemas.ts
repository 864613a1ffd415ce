import { z } from 'zod';
import { DayText, InstantText, Line, Narrative } from '../../shared/schemas.ts';

/** 送达方式 (CXGD 82): the seven ways. */
export const ServiceWay = z.enum([
  'direct',
  'left',
  'electronic',
  'post',
  'entrusted',
  'forwarded',
  'public_notice',
]);

/** Who may receive a paper for the party (CXGD 82(1)). */
export const ReceiverRole = z.enum([
  'party',
  'family_adult',
  'representative',
  'mail_clerk',
  'agent',
  'designated',
]);

const common = {
  paperNumber: Line(60).optional(),
  documentId: z.uuid().optional(),
  serverIds: z.array(z.uuid()).min(1).max(5),
  /** 送达回证、回执、截屏、录像: by what it is proved. */
  proof: Narrative(2000),
  attachmentId: z.uuid().optional(),
  remark: Narrative(2000).optional(),
  /** An attempt that failed: nothing is served, another way follows. */
  failedReason: Narrative(2000).optional(),
};

/** The service of one paper: which fields a way needs is for the rules to say. */
export const ServeBody = z.strictObject({
  ...common,
  way: ServiceWay,
  place: Line(300).optional(),
  /** Direct, entrusted, forwarded: the day signed. Post: the day of the receipt, or the day it came back. */
  servedOn: DayText.optional(),
  receiver: Line(100).optional(),
  receiverRole: ReceiverRole.optional(),
  /** Left: why it was not taken. */
  refusal: Narrative(2000).optional(),
  witness: Line(200).optional(),
  isFilmed: z.boolean().default(false),
  /** Electronic: the channel of the signed confirmation of address (#10), and when it reached the system. */
  confirmedAddress: Line(300).optional(),
  reachedAt: InstantText.optional(),
  /** Post. */
  trackingNumber: Line(60).optional(),
  /** Entrusted, forwarded: through whom. */
  carrier: Line(200).optional(),
  /** Public notice. */
  postedOn: DayText.optional(),
  postedWhere: Line(300).optional(),
  noticeReason: Narrative(2000).optional(),
});

/** A service as it is shown. */
export const ServiceView = z.object({
  id: z.uuid(),
  way: ServiceWay,
  paperTitle: z.string(),
  paperNumber: z.string().nullable(),
  recipient: z.string(),
  servedOn: z.string().nullable(),
  failedReason: z.string().nullable(),
  receiver: z.string().nullable(),
  receiverRole: z.string().nullable(),
  refusal: z.string().nullable(),
  witness: z.string().nullable(),
  isFilmed: z.boolean(),
  confirmedAddress: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  carrier: z.string().nullable(),
  postedOn: z.string().nullable(),
  postedWhere: z.string().nullable(),
  noticeReason: z.string().nullable(),
  place: z.string().nullable(),
  serverNames: z.array(z.string()),
  proof: z.string(),
  attachmentId: z.uuid().nullable(),
  documentId: z.uuid().nullable(),
  remark: z.string().nullable(),
  createdAt: z.string(),
});

export type ServeInput = z.infer<typeof ServeBody>;
export type ServiceView = z.infer<typeof ServiceView>;
export type ServiceWay = z.infer<typeof ServiceWay>;
