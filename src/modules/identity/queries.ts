import { type Kysely, sql } from 'kysely';
import type { Actor, Ctx } from '../../context.ts';
import { actedOn, asked, times } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { builtInRole } from './permissions.ts';
import type { UserQuery, UserRow } from './list-schemas.ts';
import type { MeView, UserView } from './schemas.ts';
import { managedBy } from './store.ts';
import { hashToken } from './tokens.ts';

const usersOf = (db: Kysely<DB>, actor: Actor) =>
  db
    .selectFrom('users')
    .leftJoin('units', 'units.id', 'users.unitId')
    .where(managedBy(actor))
    .select([
      'users.id',
      'users.login',
      'users.name',
      'users.bureauId',
      'users.unitId',
      'units.name as unitName',
      'users.laboratoryId',
      'users.roleKeys',
      'users.certificateNumber',
      'users.certificateFrom',
      'users.certificateTo',
      'users.locale',
      'users.isActive',
      'users.mustChangePassword',
      'users.version',
      'users.createdAt',
    ]);

const viewOf = (row: Omit<UserView, 'createdAt'> & { createdAt: Date }): UserView => ({
  ...row,
  createdAt: formatInstant(row.createdAt),
});

/** One user the actor may see; 404 otherwise. */
export async function getUser(db: Kysely<DB>, actor: Actor, id: string): Promise<UserView> {
  const row = await usersOf(db, actor).where('users.id', '=', id).executeTakeFirst();
  if (!row) throw notFound();
  return viewOf(row);
}

/** The users of the actor's bureau or laboratory, newest first. */
export async function listUsers(ctx: Ctx, filter: UserQuery): Promise<Page<UserRow>> {
  const { unitId, laboratoryId, role, active } = filter;
  let query = usersOf(ctx.db, ctx.actor)
    .select([
      sql<string | null>`(select l.name from laboratories l where l.id = users.laboratory_id)`.as(
        'laboratoryName',
      ),
      actedOn('user', 'users').as('updatedAt'),
    ])
    .where(
      asked(
        ctx,
        { table: 'users', time: 'createdAt', texts: ['name', 'login', 'certificateNumber'] },
        filter,
      ),
    );
  if (unitId) query = query.where('users.unitId', '=', unitId);
  if (laboratoryId) query = query.where('users.laboratoryId', '=', laboratoryId);
  if (role) query = query.where(sql<boolean>`users.role_keys && ${role}::text[]`);
  if (active !== undefined) query = query.where('users.isActive', '=', active);
  const { items, next } = await page(query, { time: 'users.createdAt', id: 'users.id' }, filter);
  return { items: items.map((row) => ({ ...row, ...times(row) })), next };
}

/** The names behind the actor's home and roles. */
async function homeOf(db: Kysely<DB>, actor: Actor) {
  const [bureau, unit, laboratory, custom] = await Promise.all([
    db
      .selectFrom('bureaus')
      .select(['id', 'name', 'shortName', 'areaCode'])
      .where('id', '=', actor.bureauId)
      .executeTakeFirst(),
    db.selectFrom('units').select(['id', 'name']).where('id', '=', actor.unitId).executeTakeFirst(),
    db
      .selectFrom('laboratories')
      .select(['id', 'name'])
      .where('id', '=', actor.laboratoryId)
      .executeTakeFirst(),
    db
      .selectFrom('roles')
      .select(['key', 'nameZh', 'nameEn'])
      .where('bureauId', '=', actor.bureauId)
      .execute(),
  ]);
  const roles = actor.roles.map((key) => {
    const { nameZh, nameEn } = builtInRole(key) ??
      custom.find((role) => role.key === key) ?? { nameZh: key, nameEn: key };
    return { key, nameZh, nameEn };
  });
  return { bureau: bureau ?? null, unit: unit ?? null, laboratory: laboratory ?? null, roles };
}

/** What the page needs to know of whoever calls; `token` is the session's, null for a machine with a key. */
export async function whoAmI(ctx: Ctx, token: string | null): Promise<MeView> {
  const { actor } = ctx;
  const home = await homeOf(ctx.db, actor);
  const session = await ctx.db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .select(['sessions.csrfToken', 'users.locale', 'users.mustChangePassword'])
    .where('sessions.tokenHash', '=', hashToken(token ?? ''))
    .executeTakeFirst();
  return {
    id: actor.id,
    kind: actor.kind === 'machine' ? 'machine' : 'user',
    name: actor.name,
    ...home,
    permissions: [...actor.permissions].toSorted(),
    standsFor: (actor.standsFor ?? []).map(({ id, name }) => ({ id, name })),
    ...(session ?? { csrfToken: null, locale: ctx.locale, mustChangePassword: false }),
  };
}
