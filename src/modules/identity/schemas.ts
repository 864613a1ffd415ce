import { z } from 'zod';
import { DayText, FenAmount, Line, Reason } from '../../shared/schemas.ts';

/** What a log-in name may be made of. */
export const Login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/);

const Locale = z.enum(['zh', 'en']);

/** POST /api/login */
export const LogInBody = z.strictObject({ login: z.string().max(100), password: z.string().max(500) });

/** POST /api/me/password */
export const ChangePasswordBody = z.strictObject({ current: z.string().max(500), next: z.string().max(500) });

/** POST /api/setup */
export const SetUpBody = z.strictObject({
  token: z.string().max(200),
  bureau: z.strictObject({ areaCode: z.string().regex(/^\d{6}$/), name: Line(100), shortName: Line(20) }),
  administrator: z.strictObject({ login: Login, name: Line(50), password: z.string().max(500) }),
});

const certificate = {
  certificateNumber: Line(50).nullable().optional(),
  certificateFrom: DayText.nullable().optional(),
  certificateTo: DayText.nullable().optional(),
};

/** POST /api/users; without a password a one-time one is made and shown once. */
export const CreateUserBody = z.strictObject({
  login: Login,
  name: Line(50),
  roleKeys: z.array(z.string().max(60)).min(1).max(20),
  unitId: z.uuid().nullable().optional(),
  laboratoryId: z.uuid().nullable().optional(),
  ...certificate,
  locale: Locale.optional(),
  password: z.string().max(500).optional(),
});

/** POST /api/users/:id/amend */
export const AmendUserBody = z.strictObject({
  name: Line(50).optional(),
  roleKeys: z.array(z.string().max(60)).min(1).max(20).optional(),
  unitId: z.uuid().nullable().optional(),
  ...certificate,
  locale: Locale.optional(),
  isActive: z.literal(true).optional(),
});

/** A reason a person gives for what cannot be seen from the record. */
export const ReasonBody = z.strictObject({ reason: Reason });

/** A user as the bureau sees him. */
export const UserView = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  bureauId: z.uuid().nullable(),
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  laboratoryId: z.uuid().nullable(),
  roleKeys: z.array(z.string()),
  certificateNumber: z.string().nullable(),
  certificateFrom: z.string().nullable(),
  certificateTo: z.string().nullable(),
  locale: Locale,
  isActive: z.boolean(),
  mustChangePassword: z.boolean(),
  version: z.number(),
  createdAt: z.string(),
});

/** A user with the one-time password, which is shown this once. */
export const UserWithPassword = UserView.extend({ oneTimePassword: z.string().nullable() });

/** POST /api/units: a station in the bureau's name, or a section. */
export const CreateUnitBody = z.strictObject({
  kind: z.enum(['station', 'section']),
  name: Line(100),
  areaCodes: z
    .array(z.string().regex(/^\d{6,12}$/))
    .max(200)
    .default([]),
});

/** POST /api/units/:id/amend */
export const AmendUnitBody = z.strictObject({
  name: Line(100).optional(),
  areaCodes: z
    .array(z.string().regex(/^\d{6,12}$/))
    .max(200)
    .optional(),
  isActive: z.boolean().optional(),
});

export const UnitKind = z.enum(['station', 'section']);

/** A station or section. */
export const UnitView = z.object({
  id: z.uuid(),
  kind: UnitKind,
  name: z.string(),
  areaCodes: z.array(z.string()),
  isActive: z.boolean(),
  version: z.number(),
});

const Percent = z.string().regex(/^(100|\d{1,2})(\.\d{1,6})?$/);

const Share = z.string().regex(/^(1|0(\.\d{1,3})?)$/);

const Distances = z.array(z.int().min(0).max(365)).max(10);

/** What a bureau sets for itself; where it sets nothing the product's default holds. A key nobody reads is refused. */
export const BureauSettings = z.strictObject({
  /** Printed on papers as the bureau's own. */
  contactPhone: Line(50).nullable(),
  contactAddress: Line(200).nullable(),
  /** Where, and for how long, one turns against a decision. */
  reconsiderationBody: Line(100).nullable(),
  reconsiderationPeriod: Line(30).nullable(),
  court: Line(100).nullable(),
  suitPeriod: Line(30).nullable(),
  /** The number of a case, with the blanks {prefix} {code} {year} {seq}. */
  caseNumberPattern: z
    .string()
    .max(100)
    .regex(/^(?=.*\{year\})(?=.*\{seq\})([^{}]|\{(prefix|code|year|seq)\})+$/)
    .nullable(),
  /** Below which share, in per cent, a species is a trace, and below which it may have been carried over. */
  speciesTraceBelow: Percent.nullable(),
  speciesCarryOverBelow: Percent.nullable(),
  /** From which fine on the province offers a hearing, and by which rule; the national figures otherwise (K7). */
  hearingPersonFen: FenAmount.min(1).nullable(),
  hearingEntityFen: FenAmount.min(1).nullable(),
  hearingSource: Line(200).nullable(),
  /** How far into a range a lighter fine goes, and from where on it is heavier: shares of its width. */
  discretionLighterTo: Share.nullable(),
  discretionHeavierFrom: Share.nullable(),
  /** How many natural days before the day aimed at people are reminded of a limit; none, where the list is empty. */
  clockReminders: Distances.nullable(),
  /** How many natural days after the end of a limit the head is told. */
  clockEscalations: Distances.nullable(),
  /** How many days what somebody was told and has read is kept. */
  notificationDays: z.int().min(7).max(3650).nullable(),
  /** Whether a retest is offered for enforcement samples too (FSL 88); it is, where nothing is set. */
  retestCaseSamples: z.boolean().nullable(),
});

/** POST /api/bureau/amend; a setting of null goes back to its default. */
export const AmendBureauBody = z.strictObject({
  name: Line(100).optional(),
  shortName: Line(20).optional(),
  settings: BureauSettings.partial().optional(),
});

/** The bureau. */
export const BureauView = z.object({
  id: z.uuid(),
  areaCode: z.string(),
  name: z.string(),
  shortName: z.string(),
  settings: z.record(z.string(), z.unknown()),
  version: z.number(),
});

/** POST /api/roles */
export const CreateRoleBody = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{2,39}$/),
  nameZh: Line(50),
  nameEn: Line(80),
  permissions: z.array(z.string().max(80)).max(300),
});

/** POST /api/roles/:id/amend */
export const AmendRoleBody = CreateRoleBody.omit({ key: true }).partial();

/** A role: `id` is null for those that come with the product. */
export const RoleView = z.object({
  id: z.uuid().nullable(),
  key: z.string(),
  home: z.enum(['bureau', 'laboratory']),
  nameZh: z.string(),
  nameEn: z.string(),
  permissions: z.array(z.string()),
  version: z.number().nullable(),
});

/** POST /api/api-keys */
export const CreateApiKeyBody = z.strictObject({
  name: Line(100),
  permissions: z.array(z.string().max(80)).min(1).max(300),
  expiresOn: DayText.nullable().optional(),
});

/** A key without its secret. */
export const ApiKeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.string()),
  createdBy: z.uuid(),
  createdAt: z.string(),
  expiresOn: z.string().nullable(),
  revokedAt: z.string().nullable(),
  version: z.number(),
});

/** A key with its secret, shown this once. */
export const ApiKeyWithSecret = ApiKeyView.extend({ key: z.string() });

/** POST /api/deputies: who decides in the head's place, from the first to the last day. */
export const AppointDeputyBody = z.strictObject({
  deputyId: z.uuid(),
  fromOn: DayText,
  toOn: DayText,
  reason: Reason,
});

/** A head's deputy for a time. */
export const DeputyView = z.object({
  id: z.uuid(),
  head: z.object({ id: z.uuid(), name: z.string() }),
  deputy: z.object({ id: z.uuid(), name: z.string() }),
  fromOn: z.string(),
  toOn: z.string(),
  reason: z.string(),
  state: z.enum(['coming', 'standing', 'over', 'ended']),
  endedAt: z.string().nullable(),
  endedReason: z.string().nullable(),
  createdAt: z.string(),
  version: z.number(),
});

/** GET /api/me */
export const MeView = z.object({
  id: z.string(),
  kind: z.enum(['user', 'machine']),
  name: z.string(),
  bureau: z
    .object({ id: z.uuid(), name: z.string(), shortName: z.string(), areaCode: z.string() })
    .nullable(),
  unit: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  laboratory: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  roles: z.array(z.object({ key: z.string(), nameZh: z.string(), nameEn: z.string() })),
  permissions: z.array(z.string()),
  /** The heads in whose place he decides today. */
  standsFor: z.array(z.object({ id: z.uuid(), name: z.string() })),
  locale: Locale,
  csrfToken: z.string().nullable(),
  mustChangePassword: z.boolean(),
});

export type LogInInput = z.infer<typeof LogInBody>;
export type SetUpInput = z.infer<typeof SetUpBody>;
export type CreateUserInput = z.infer<typeof CreateUserBody>;
export type AmendUserInput = z.infer<typeof AmendUserBody>;
export type UserView = z.infer<typeof UserView>;
export type CreateUnitInput = z.infer<typeof CreateUnitBody>;
export type AmendUnitInput = z.infer<typeof AmendUnitBody>;
export type AppointDeputyInput = z.infer<typeof AppointDeputyBody>;
export type DeputyView = z.infer<typeof DeputyView>;
export type UnitView = z.infer<typeof UnitView>;
export type AmendBureauInput = z.infer<typeof AmendBureauBody>;
export type BureauView = z.infer<typeof BureauView>;
export type CreateRoleInput = z.infer<typeof CreateRoleBody>;
export type AmendRoleInput = z.infer<typeof AmendRoleBody>;
export type RoleView = z.infer<typeof RoleView>;
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyBody>;
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export type MeView = z.infer<typeof MeView>;
