import { z } from 'zod';
import { column, fieldsOf, listWords, several, subjectColumns, timeColumns } from '../../db/list-schemas.ts';
import { AllowedAction, DayText, Line, Reason } from '../../shared/schemas.ts';

export const DocumentState = z.enum(['draft', 'issuing', 'issued', 'voided']);

const Blanks = z.record(z.string().max(60), z.unknown());
const Kind = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);

/** A paper as it is listed: never what stands in it. */
export const DocumentView = z.object({
  id: z.uuid(),
  kind: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  /** The official form it follows, and whether anybody has laid this version beside it. */
  form: z.string(),
  layoutVerified: z.boolean(),
  templateVersion: z.int(),
  subject: z.object({ kind: z.string(), id: z.uuid() }),
  state: DocumentState,
  number: z.string().nullable(),
  issuedOn: z.iso.date().nullable(),
  issuedAt: z.iso.datetime({ offset: true }).nullable(),
  contentHash: z.string().nullable(),
  /** SHA-256 of the PDF, once it is drawn. */
  pdfSha256: z.string().nullable(),
  pages: z.int().nullable(),
  verifyUrl: z.string().nullable(),
  voidedAt: z.iso.datetime({ offset: true }).nullable(),
  voidReason: z.string().nullable(),
  replacesId: z.uuid().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  version: z.int(),
});
export type DocumentView = z.infer<typeof DocumentView>;

const Problem = z.object({ field: z.string(), code: z.string(), message: z.string() });

/** One paper with what stands in it, and for a draft what still keeps it from being issued. */
export const DocumentDetail = DocumentView.extend({
  data: Blanks,
  substitutions: z.record(z.string(), z.string()),
  problems: z.array(Problem),
  allowedActions: z.array(AllowedAction),
});
export type DocumentDetail = z.infer<typeof DocumentDetail>;

/** GET /api/documents; `q`: part of a number; `from` and `to`: when it was drafted. */
export const DocumentFilter = z.strictObject({
  ...listWords,
  subjectKind: Line(40).optional(),
  subjectId: z.uuid().optional(),
  kind: several(Kind).optional(),
  state: several(DocumentState).optional(),
  issuedFrom: DayText.optional(),
  issuedTo: DayText.optional(),
  /** Whose draft it is: `me`, or one of the bureau's people. */
  author: z.union([z.literal('me'), z.uuid()]).optional(),
});
export type DocumentFilter = z.infer<typeof DocumentFilter>;

export const DOCUMENT_COLUMNS = {
  number: column.text,
  title: column.name,
  state: column.choice(DocumentState, 'state.document'),
  ...subjectColumns,
  issuedOn: column.day,
  pages: column.number,
  authorName: column.text,
  voidedAt: column.instant,
  voidReason: column.text,
  ...timeColumns,
} as const;

/** A paper in a list; `title` in the caller's language. */
export const DocumentRow = DocumentView.extend(fieldsOf(DOCUMENT_COLUMNS));
export type ListedDocument = z.infer<typeof DocumentRow>;

/** A kind of paper that can be drafted about a kind of thing. */
export const KindView = z.object({
  kind: z.string(),
  subjectKind: z.string(),
  titleZh: z.string(),
  titleEn: z.string(),
  form: z.string(),
});
export type KindView = z.infer<typeof KindView>;

/** A blank of a draft that is filled by hand; its label is the form's own. */
export const BlankView = z.object({
  name: z.string(),
  label: z.string(),
  type: z.enum(['text', 'longText', 'date', 'instant', 'integer', 'decimal', 'choice', 'choices']),
  isRequired: z.boolean(),
  options: z.array(z.object({ key: z.string(), name: z.string() })),
});
export type BlankView = z.infer<typeof BlankView>;

/** GET /api/documents/kinds */
export const KindFilter = z.strictObject({ subjectKind: Line(40).optional() });

/** A draft is filled from the record it is about; `overrides` stand in the place of what was filled in. */
export const DraftBody = z.strictObject({
  kind: Kind,
  subjectKind: Line(40),
  subjectId: z.uuid(),
  overrides: Blanks.default({}),
});
export type DraftBody = z.infer<typeof DraftBody>;

/** Blanks to change; null empties one. */
export const AmendDraftBody = z.strictObject({ data: Blanks });
export type AmendDraftBody = z.infer<typeof AmendDraftBody>;

const OneCharacter = z.string().refine((text) => /^.$/u.test(text));

/** `on`: the day the paper bears, today unless given. `substitutions`: what is printed for a character no font has. */
export const IssueBody = z.strictObject({
  on: DayText.optional(),
  substitutions: z.record(OneCharacter, Line(20)).default({}),
});
export type IssueBody = z.infer<typeof IssueBody>;

export const ReasonBody = z.strictObject({ reason: Reason });
export type ReasonBody = z.infer<typeof ReasonBody>;

/**
 * Whether a paper with this code is genuine, and what stands in its head: who holds the paper sees whether it is the
 * one the code was made for. Never what it says, nor about whom.
 */
export const Verification = z.object({
  status: z.enum(['genuine', 'void', 'replaced', 'unknown']),
  paper: z
    .object({
      kind: z.string(),
      title: z.string(),
      number: z.string().nullable(),
      bureau: z.string(),
      issuedOn: z.string().nullable(),
    })
    .nullable(),
});
export type Verification = z.infer<typeof Verification>;

export const VerifyParams = z.strictObject({ code: z.string().min(1).max(40) });
