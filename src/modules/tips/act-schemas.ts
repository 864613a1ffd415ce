import { z } from 'zod';
import { DayText, InstantText, Line, Narrative } from '../../shared/schemas.ts';

export const TellWay = z.enum(['phone', 'sms', 'net', 'email', 'letter', 'in_person']);

/** How and when the complainant was told of the decision: the limit of C01 is for deciding and telling. */
export const DecisionTold = z.strictObject({
  way: TellWay,
  toldAt: InstantText.optional(),
  content: Narrative(5000),
});

/** POST /api/tips/:id/accept; `told`, where he was told at once. */
export const AcceptBody = z.strictObject({ note: Narrative(2000).optional(), told: DecisionTold.optional() });

/** POST /api/tips/:id/refuse: the number of the ground in the order in force that day. */
export const RefuseBody = z.strictObject({
  ground: z.int().min(1).max(20),
  reasons: Narrative(5000),
  told: DecisionTold.optional(),
});

/** POST /api/tips/:id/request-identity: which proof, until when (inside the seven days of acceptance). */
export const RequestIdentityBody = z.strictObject({
  material: Narrative(1000),
  dueOn: DayText,
  told: DecisionTold.optional(),
});

/** POST /api/tips/:id/identity-supplied: what was supplied, and the day it came; today, where left out. */
export const IdentitySuppliedBody = z.strictObject({
  supplied: Narrative(1000),
  suppliedOn: DayText.optional(),
});

/** POST /api/tips/:id/withdraw: the complainant takes it back before it is accepted. */
export const WithdrawBody = z.strictObject({ withdrawnOn: DayText.optional(), reason: Narrative(2000) });

/** POST /api/tips/:id/forward: to the bureau with handling power; `reportBy`, where it is to say what came of it. */
export const ForwardBody = z.strictObject({
  forwardedTo: Line(200),
  reason: Narrative(2000),
  reportBy: DayText.optional(),
  told: DecisionTold.optional(),
});

/** Proof of identity that was asked for, and what came. */
export const IdentityRequestView = z.object({
  id: z.uuid(),
  askedOn: z.string(),
  dueOn: z.string(),
  material: z.string(),
  suppliedOn: z.string().nullable(),
  supplied: z.string().nullable(),
});

export type DecisionTold = z.infer<typeof DecisionTold>;
export type AcceptInput = z.infer<typeof AcceptBody>;
export type RefuseInput = z.infer<typeof RefuseBody>;
export type RequestIdentityInput = z.infer<typeof RequestIdentityBody>;
export type IdentitySuppliedInput = z.infer<typeof IdentitySuppliedBody>;
export type WithdrawInput = z.infer<typeof WithdrawBody>;
export type ForwardInput = z.infer<typeof ForwardBody>;
