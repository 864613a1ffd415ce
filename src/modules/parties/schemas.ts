import { z } from 'zod';
import {
  assignedFields,
  assignedWords,
  assigneeColumns,
  column,
  fieldsOf,
  several,
  timeColumns,
} from '../../db/list-schemas.ts';
import { pageOf } from '../../db/page.ts';
import { AllowedAction, Line, Reason } from '../../shared/schemas.ts';

/** 公司等单位, 个体工商户, 自然人. */
export const PartyKind = z.enum(['company', 'sole_trader', 'person']);

/** What an identity number stands in. */
export const IdType = z.enum(['resident_id', 'passport', 'other']);

const optional = <T extends z.ZodType>(type: T) => type.nullable().optional();

const fields = {
  kind: PartyKind,
  name: Line(200),
  /** 主体资格证照名称, e.g. 营业执照 */
  certificateName: optional(Line(100)),
  /** 统一社会信用代码, checked: a wrong one is refused */
  uscc: optional(Line(40)),
  /** SC… or JY… number: a wrong check figure is warned of */
  foodLicence: optional(Line(40)),
  /** 法定代表人、负责人、经营者 */
  representative: optional(Line(100)),
  address: optional(Line(300)),
  /** GB/T 2260 */
  divisionCode: optional(Line(12)),
  phone: optional(Line(50)),
  otherContact: optional(Line(200)),
  aliases: z.array(Line(200)).max(20).optional(),
};

const identity = {
  /** The person's, or the representative's. Encrypted at rest. */
  idNumber: optional(Line(40)),
  idType: IdType.optional(),
};

/** POST /api/parties, and a party named for the first time in another body. */
export const PartyInput = z.strictObject({ ...fields, ...identity });

/** Where another body names a party: one we know by its `id` and nothing else, or one entered now. */
export const PartyRef = z
  .strictObject({ id: z.uuid().optional(), ...PartyInput.partial().shape })
  .superRefine(({ id, ...entered }, context) => {
    const missing =
      id === undefined ? (['kind', 'name'] as const).filter((key) => entered[key] === undefined) : [];
    for (const key of missing)
      context.addIssue({ code: 'custom', path: [key], params: { code: 'field.required' } });
    if (id !== undefined && Object.keys(entered).length > 0) {
      context.addIssue({ code: 'custom', path: ['id'], params: { code: 'party.id_or_fields' } });
    }
  });

/** What may be amended, each field as it is entered. */
export const PartyChanges = z.strictObject(fields).partial();

/** POST /api/parties/:id/identity */
export const SetIdentityBody = z.strictObject({
  idNumber: Line(40).nullable(),
  idType: IdType.default('resident_id'),
  reason: Reason,
});

/** GET /api/parties; `q`: part of a name, another name, or a whole code. */
export const PartyFilter = z.strictObject({ ...assignedWords, kind: several(PartyKind).optional() });

/** GET /api/parties/candidates: whom a name, a code or an address might mean; `q`: whatever is typed into one field. */
export const CandidateQuery = z
  .strictObject({
    q: z.string().trim().min(2).max(200).optional(),
    name: z.string().trim().min(2).max(200).optional(),
    code: z.string().trim().min(4).max(40).optional(),
    address: z.string().trim().min(2).max(300).optional(),
  })
  .refine((query) => Object.values(query).some((value) => value !== undefined), {
    path: ['q'],
    params: { code: 'party.name_or_code' },
  });

const Warning = z.object({ field: z.string(), code: z.string(), message: z.string() });

const known = {
  id: z.uuid(),
  kind: PartyKind,
  name: z.string(),
  uscc: z.string().nullable(),
  foodLicence: z.string().nullable(),
  representative: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: z.string(),
};
const Known = z.object(known);

export const PARTY_COLUMNS = {
  name: column.name,
  kind: column.choice(PartyKind, 'word.partyKind'),
  uscc: column.text,
  foodLicence: column.text,
  representative: column.text,
  address: column.text,
  /** What the bureau has had with it. */
  tips: column.number,
  sources: column.number,
  cases: column.number,
  ...assigneeColumns,
  ...timeColumns,
} as const;

/** A row of a list. */
export const PartyRow = z.object({ ...assignedFields, ...fieldsOf(PARTY_COLUMNS) });

/** A party as those who may read it see it; the number masked. */
export const PartyView = Known.extend({
  certificateName: z.string().nullable(),
  divisionCode: z.string().nullable(),
  phone: z.string().nullable(),
  otherContact: z.string().nullable(),
  aliases: z.array(z.string()),
  idNumberMasked: z.string().nullable(),
  /** The party that was asked for, where it was merged into this one. */
  mergedFrom: z.uuid().nullable(),
  assignedUnitId: z.uuid().nullable(),
  assignedUserIds: z.array(z.uuid()),
  voidedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  version: z.number(),
  createdBy: z.string(),
  warnings: z.array(Warning),
  allowedActions: z.array(AllowedAction),
});

export const PartyPage = pageOf(PartyRow);

/** Someone a name, a code or an address might mean, and why. */
export const Candidate = Known.extend({
  aliases: z.array(z.string()),
  match: z.enum(['uscc', 'food_licence', 'name', 'alias', 'similar_name', 'address']),
  /** From 0 to 1; of a code the part of it that is typed. */
  likeness: z.number(),
  tips: z.number(),
  sources: z.number(),
});

const Said = z.object({ code: z.string(), message: z.string() });

/** The candidates, and what is to be said of the code as far as it is typed; null where no code was. */
export const Candidates = z.object({
  items: z.array(Candidate),
  code: z
    .object({
      field: z.enum(['uscc', 'foodLicence']),
      /** In its one written form. */
      value: z.string(),
      /** Whether it is long enough to be judged. */
      complete: z.boolean(),
      /** Why it cannot be one. */
      problem: Said.nullable(),
      /** What is odd about it. */
      warnings: z.array(Said),
    })
    .nullable(),
});

/** GET /api/parties/:id/identity: each look is audited. */
export const IdentityView = z.object({ idType: IdType.nullable(), idNumber: z.string().nullable() });

export type PartyInput = z.infer<typeof PartyInput>;
export type PartyRef = z.infer<typeof PartyRef>;
export type PartyChanges = z.infer<typeof PartyChanges>;
export type PartyQuery = z.infer<typeof PartyFilter>;
export type CandidateQuery = z.infer<typeof CandidateQuery>;
export type PartyRow = z.infer<typeof PartyRow>;
export type KnownParty = z.infer<typeof Known>;
export type PartyView = z.infer<typeof PartyView>;
export type Candidate = z.infer<typeof Candidate>;
export type Candidates = z.infer<typeof Candidates>;
export type SetIdentityInput = z.infer<typeof SetIdentityBody>;
export type IdentityView = z.infer<typeof IdentityView>;
