import { z } from 'zod';
import { InstantText, Line, Narrative, Quantity } from '../../shared/schemas.ts';

/** The five grounds of ACL 28(1) and CXGD 42(1). */
export const LiftGround = z.enum(['no_violation', 'unrelated', 'decided', 'period_over', 'not_needed']);

const ReleasedLine = z.strictObject({
  itemId: z.uuid(),
  /** How much of it; all that is held of it where it is not said. */
  quantity: Quantity.optional(),
});

/** POST /api/measures/:id/lift: asks the head; without items all the measure holds. */
export const LiftBody = z.strictObject({
  ground: LiftGround,
  reasons: Narrative(2000),
  items: z.array(ReleasedLine).min(1).max(500).optional(),
});

/** POST /api/measures/:id/return-items: goods let go are handed back, the list signed by both sides. */
export const ReturnBody = z
  .strictObject({
    returnedAt: InstantText.optional(),
    /** Who received them for the party, and signed. */
    receivedBy: Line(100),
    officerIds: z.array(z.uuid()).min(1).max(20),
    items: z.array(ReleasedLine).min(1).max(500).optional(),
    /** The signed list: a paper of ours, or the number of one written by hand. */
    documentId: z.uuid().optional(),
    paperNumber: Line(100).optional(),
    remark: Line(500).optional(),
  })
  .refine((body) => body.documentId !== undefined || body.paperNumber !== undefined, {
    path: ['paperNumber'],
    params: { code: 'field.required' },
  });

/** A lifting as it was asked for, and what the head said. */
export const Lifting = z.object({
  id: z.uuid(),
  approvalId: z.uuid(),
  /** Of the approval it was asked by. */
  state: z.string(),
  ground: LiftGround,
  groundText: z.string(),
  reasons: z.string(),
  /** Null: all the measure held. */
  items: z.array(z.object({ itemId: z.uuid(), quantity: z.string().nullable() })).nullable(),
  liftedAt: z.string().nullable(),
});

/** A handing back. */
export const Return = z.object({
  id: z.uuid(),
  returnedAt: z.string(),
  receivedBy: z.string(),
  officerIds: z.array(z.uuid()),
  documentId: z.uuid().nullable(),
  paperNumber: z.string().nullable(),
  remark: z.string().nullable(),
});

export type LiftInput = z.infer<typeof LiftBody>;
export type ReturnInput = z.infer<typeof ReturnBody>;
export type Lifting = z.infer<typeof Lifting>;
export type Return = z.infer<typeof Return>;
