import { z } from 'zod';
import { column, fieldsOf, Flag, listWords, several, timeColumns } from '../../db/list-schemas.ts';
import { ApiKeyView, DeputyView, UnitKind, UserView } from './schemas.ts';

/** GET /api/users; `q`: part of a name, a log-in or a certificate's number. */
export const UserFilter = z.strictObject({
  ...listWords,
  unitId: z.uuid().optional(),
  laboratoryId: z.uuid().optional(),
  role: several(z.string().max(60)).optional(),
  active: Flag.optional(),
});

export const USER_COLUMNS = {
  name: column.name,
  login: column.name,
  unitName: column.text,
  laboratoryName: column.text,
  roleKeys: column.keys('list.role'),
  certificateNumber: column.text,
  certificateFrom: column.day,
  certificateTo: column.day,
  isActive: column.yes,
  ...timeColumns,
} as const;

/** A user in a list. */
export const UserRow = UserView.extend(fieldsOf(USER_COLUMNS));

/** GET /api/units */
export const UnitFilter = z.strictObject({
  q: listWords.q,
  kind: several(UnitKind).optional(),
  active: Flag.optional(),
});

export const UNIT_COLUMNS = {
  name: column.name,
  kind: column.choice(UnitKind, 'word.unitKind'),
  areaCodes: column.words,
  isActive: column.yes,
} as const;

export const ROLE_COLUMNS = {
  key: column.name,
  nameZh: column.name,
  nameEn: column.name,
  home: column.choice(z.enum(['bureau', 'laboratory']), 'word.home'),
  permissions: column.keys('action'),
} as const;

/** GET /api/roles; `q`: part of a key or a name. */
export const RoleFilter = z.strictObject({
  q: listWords.q,
  home: several(z.enum(['bureau', 'laboratory'])).optional(),
});

/** GET /api/api-keys; `active`: neither revoked nor past its last day. */
export const ApiKeyFilter = z.strictObject({ ...listWords, active: Flag.optional() });

export const API_KEY_COLUMNS = {
  name: column.name,
  permissions: column.keys('action'),
  createdByName: column.text,
  createdAt: column.at,
  expiresOn: column.day,
  revokedAt: column.instant,
} as const;

/** A key in a list. */
export const ApiKeyRow = ApiKeyView.extend(fieldsOf(API_KEY_COLUMNS));

/** GET /api/deputies; `active`: standing in today or later. */
export const DeputyFilter = z.strictObject({ ...listWords, active: Flag.optional() });

export const DEPUTY_COLUMNS = {
  headName: column.name,
  deputyName: column.name,
  fromOn: column.on,
  toOn: column.on,
  state: column.choice(DeputyView.shape.state, 'state.deputy'),
  reason: column.name,
  createdAt: column.at,
} as const;

/** A deputy in a list. */
export const DeputyRow = DeputyView.extend(fieldsOf(DEPUTY_COLUMNS));

export type DeputyQuery = z.infer<typeof DeputyFilter>;
export type DeputyRow = z.infer<typeof DeputyRow>;
export type UserQuery = z.infer<typeof UserFilter>;
export type UserRow = z.infer<typeof UserRow>;
export type UnitQuery = z.infer<typeof UnitFilter>;
export type RoleQuery = z.infer<typeof RoleFilter>;
export type ApiKeyQuery = z.infer<typeof ApiKeyFilter>;
export type ApiKeyRow = z.infer<typeof ApiKeyRow>;
