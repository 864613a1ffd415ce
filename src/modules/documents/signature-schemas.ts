import { z } from 'zod';
import { AllowedAction, Line, Narrative, Reason } from '../../shared/schemas.ts';

export const SignerRole = z.enum(['party', 'witness', 'officer']);

const MOST_STROKES = 150;
const MOST_NUMBERS = 12_000;
/** The pad is 1000 wide; nothing that short is a name. */
const SHORTEST = 60;

const Stroke = z
  .array(z.int().min(0).max(2000))
  .min(2)
  .max(4000)
  .refine((numbers) => numbers.length % 2 === 0, { params: { code: 'field.invalid' } });

const lengthOf = (stroke: readonly number[]): number =>
  stroke.reduce((sum, value, at) => (at < 2 ? 0 : sum + Math.abs(value - (stroke[at - 2] ?? value))), 0);

/** What was written on the glass: strokes of x, y, x, y … on a pad 1000 wide, y downwards. */
export const Strokes = z
  .array(Stroke)
  .min(1)
  .max(MOST_STROKES)
  .refine((strokes) => strokes.flat().length <= MOST_NUMBERS, { params: { code: 'field.invalid' } })
  .refine((strokes) => strokes.reduce((sum, stroke) => sum + lengthOf(stroke), 0) >= SHORTEST, {
    params: { code: 'document.no_signature' },
  });

/** Somebody signs a draft; an officer by who he is, the others by name, and the party also as what. */
export const SignBody = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('officer'), userId: z.uuid(), strokes: Strokes }),
  z.strictObject({ role: z.literal('party'), name: Line(60), capacity: Line(60), strokes: Strokes }),
  z.strictObject({
    role: z.literal('witness'),
    name: Line(60),
    capacity: Line(60).optional(),
    strokes: Strokes,
  }),
]);
export type SignBody = z.infer<typeof SignBody>;

/** The party would not sign, or could not; `note` is printed on the paper. */
export const RefusalBody = z.strictObject({
  name: Line(60),
  capacity: Line(60).optional(),
  note: Narrative(300),
});
export type RefusalBody = z.infer<typeof RefusalBody>;

/** Takes back one signature, or without `signatureId` all of them. */
export const WithdrawBody = z.strictObject({ signatureId: z.uuid().optional(), reason: Reason });
export type WithdrawBody = z.infer<typeof WithdrawBody>;

/** One signature; what was written is only ever shown on the paper. */
export const SignatureView = z.object({
  id: z.uuid(),
  role: SignerRole,
  name: z.string(),
  capacity: z.string().nullable(),
  userId: z.uuid().nullable(),
  refusalNote: z.string().nullable(),
  signedAt: z.iso.datetime({ offset: true }),
  withdrawnAt: z.iso.datetime({ offset: true }).nullable(),
  withdrawReason: z.string().nullable(),
});
export type SignatureView = z.infer<typeof SignatureView>;

/** Who signed a paper and who may still; `places`: how many may sign as each. */
export const SigningView = z.object({
  documentId: z.uuid(),
  version: z.int(),
  places: z.object({ party: z.int(), witness: z.int(), officer: z.int() }),
  signers: z.array(
    z.object({
      role: SignerRole,
      userId: z.uuid().nullable(),
      name: z.string(),
      capacity: z.string().nullable(),
    }),
  ),
  items: z.array(SignatureView),
  allowedActions: z.array(AllowedAction),
});
export type SigningView = z.infer<typeof SigningView>;
