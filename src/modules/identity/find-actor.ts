import { type Kysely, sql } from 'kysely';
import type { Actor, StandIn } from '../../context.ts';
import { compiledOnce } from '../../db/compiled.ts';
import type { DB } from '../../db/schema.ts';
import type { Day } from '../../shared/clock.ts';
import { isOfBureaus, lentOf, permissionsOf } from './permissions.ts';
import { hashToken } from './tokens.ts';

/** How long a session lives, in milliseconds: without a request, and at all. */
export type SessionLimits = { idleMs: number; absoluteMs: number };

/** Who a session belongs to, and what the HTTP layer needs to know of it. */
export type SessionActor = {
  actor: Actor;
  csrfToken: string;
  locale: 'zh' | 'en';
  sessionId: string;
  mustChangePassword: boolean;
};

// Writing at every request would make each read a write.
const SEEN_EVERY_MS = 60_000;

type Wanted = { tokenHash: Buffer; startedAfter: number; seenAfter: number; day: Day };

type Head = { id: string; name: string; roleKeys: string[]; custom: string[] };

// Asked at every request.
const selectSession = compiledOnce((db, { wanted }: { wanted: Wanted }) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.userId')
    .where('sessions.tokenHash', '=', wanted.tokenHash)
    .where('sessions.startedTick', '>', wanted.startedAfter)
    .where('sessions.seenTick', '>', wanted.seenAfter)
    .where('users.isActive', '=', true)
    .select([
      'sessions.id as sessionId',
      'sessions.csrfToken',
      'sessions.seenTick',
      'users.id',
      'users.name',
      'users.bureauId',
      'users.unitId',
      'users.laboratoryId',
      'users.roleKeys',
      'users.locale',
      'users.mustChangePassword',
    ])
    .select(
      sql<string[]>`array(
        select permission from roles, unnest(roles.permissions) as permission
        where roles.bureau_id = users.bureau_id and roles.key = any (users.role_keys))`.as('custom'),
    )
    .select(
      sql<Head[]>`array(
        select json_build_object('id', head.id, 'name', head.name, 'roleKeys', head.role_keys, 'custom', array(
            select permission from roles, unnest(roles.permissions) as permission
            where roles.bureau_id = head.bureau_id and roles.key = any (head.role_keys)))
        from deputies join users head on head.id = deputies.head_id
        where deputies.deputy_id = users.id and deputies.ended_at is null and head.is_active
          and ${wanted.day}::date between deputies.from_on and deputies.to_on
        order by deputies.created_at)`.as('heads'),
    ),
);

/** For whom somebody with `own` decides today, and what each of them lends him. */
const standInsOf = (heads: readonly Head[], own: ReadonlySet<string>): StandIn[] =>
  heads
    .map(({ id, name, roleKeys, custom }) => ({
      id,
      name,
      permissions: lentOf(permissionsOf(roleKeys, custom), own),
    }))
    .filter(({ permissions }) => permissions.length > 0);

/** Writes that a session was used; the later of two requests at once counts. */
async function touchSession(db: Kysely<DB>, sessionId: string, ticks: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ seenTick: ticks })
    .where('id', '=', sessionId)
    .where('seenTick', '<', ticks)
    .execute();
}

/**
 * The person behind a session token, in one query, or null where it is unknown, too old, idle too long, or its owner
 * is deactivated; with what the heads lend him for whom he stands in on `day`. `ticks` are milliseconds of the monotonic clock; being seen is written at most once a minute.
 */
export async function findActorBySession(
  db: Kysely<DB>,
  token: string,
  { ticks, day }: { ticks: number; day: Day },
  limits: SessionLimits,
): Promise<SessionActor | null> {
  const found = await selectSession(db, {
    wanted: {
      tokenHash: hashToken(token),
      startedAfter: ticks - limits.absoluteMs,
      seenAfter: ticks - limits.idleMs,
      day,
    },
  });
  const row = found.rows[0];
  if (!row) return null;
  if (row.seenTick < ticks - SEEN_EVERY_MS) await touchSession(db, row.sessionId, ticks);
  const { sessionId, csrfToken, locale, mustChangePassword } = row;
  const own = permissionsOf(row.roleKeys, row.custom);
  const standsFor = standInsOf(row.heads, own);
  const actor: Actor = {
    kind: 'user',
    id: row.id,
    name: row.name,
    bureauId: row.bureauId,
    unitId: row.unitId,
    laboratoryId: row.laboratoryId,
    roles: row.roleKeys,
    permissions:
      standsFor.length > 0 ? new Set([...own, ...standsFor.flatMap((head) => head.permissions)]) : own,
    standsFor,
  };
  return { actor, csrfToken, locale, sessionId, mustChangePassword };
}

/** The machine behind an API key, in one query, or null where the key is unknown, revoked, or past its last `day`. */
export async function findActorByKey(
  db: Kysely<DB>,
  key: string,
  day: Day,
): Promise<{ actor: Actor } | null> {
  const row = await db
    .selectFrom('apiKeys')
    .select(['id', 'name', 'bureauId', 'permissions'])
    .where('keyHash', '=', hashToken(key))
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('expiresOn', 'is', null), eb('expiresOn', '>=', day)]))
    .executeTakeFirst();
  if (!row) return null;
  const actor: Actor = {
    kind: 'machine',
    id: row.id,
    name: row.name,
    bureauId: row.bureauId,
    unitId: null,
    laboratoryId: null,
    roles: ['api_key'],
    permissions: new Set(row.permissions.filter(isOfBureaus)),
  };
  return { actor };
}
