import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { hashToken } from './tokens.ts';

/** The bureau an actor's settings belong to; 404 for whoever has none. */
export function ownBureau(actor: Actor): string {
  if (actor.bureauId === null) throw notFound();
  return actor.bureauId;
}

/**
 * Whether `users` row is one the actor may manage: of his bureau, of his laboratory, or of a laboratory and made by
 * his bureau. A laboratory serves several bureaus: what another bureau made there is not to be seen or taken over.
 */
export function managedBy(actor: Actor) {
  return sql<boolean>`coalesce(users.bureau_id = ${actor.bureauId}
    or users.laboratory_id = ${actor.laboratoryId}
    or (users.laboratory_id is not null and exists (
      select 1 from audit_entries
      where audit_entries.subject_kind = 'user' and audit_entries.subject_id = users.id::text
        and audit_entries.action = 'user.create' and audit_entries.bureau_id = ${actor.bureauId})), false)`;
}

/** Holds the user's row; 404 where it is not the actor's to manage. */
export async function lockUser(db: Transaction<DB>, actor: Actor, id: string) {
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where('id', '=', id)
    .where(managedBy(actor))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/**
 * Whether the actor may people a laboratory: his own, or one his bureau entered and nobody else has peopled. Who could
 * make its administrator would keep its record.
 */
export async function isLaboratoryOurs(
  db: Transaction<DB>,
  actor: Actor,
  laboratoryId: string,
): Promise<boolean> {
  if (actor.laboratoryId !== null) return actor.laboratoryId === laboratoryId;
  const laboratory = await db
    .selectFrom('laboratories')
    .select('id')
    .where('id', '=', laboratoryId)
    .where('ownerBureauId', '=', actor.bureauId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!laboratory) return false;
  const stranger = await db
    .selectFrom('users')
    .select('id')
    .where('laboratoryId', '=', laboratoryId)
    .where(sql<boolean>`not ${managedBy(actor)}`)
    .limit(1)
    .executeTakeFirst();
  return stranger === undefined;
}

/** Holds the bureau's row: what must stay true of all its people together is decided under it. */
export async function lockBureau(db: Transaction<DB>, bureauId: string) {
  const row = await db
    .selectFrom('bureaus')
    .selectAll()
    .where('id', '=', bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** How many active administrators the bureau has besides `exceptId`. */
export async function otherAdministrators(
  db: Transaction<DB>,
  bureauId: string,
  exceptId: string,
): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('bureauId', '=', bureauId)
    .where('isActive', '=', true)
    .where('id', '<>', exceptId)
    .where(sql<boolean>`'administrator' = any (role_keys)`)
    .executeTakeFirstOrThrow();
  return count;
}

/** Ends every session of a user but that of `exceptToken`; answers how many there were. */
export async function endSessions(
  db: Transaction<DB>,
  userId: string,
  exceptToken?: string,
): Promise<number> {
  const ended = await db
    .deleteFrom('sessions')
    .where('userId', '=', userId)
    .$if(exceptToken !== undefined, (qb) => qb.where('tokenHash', '<>', hashToken(exceptToken!)))
    .executeTakeFirst();
  return Number(ended.numDeletedRows);
}

/** The keys of the bureau's own roles. */
export async function customRoleKeys(db: Kysely<DB>, bureauId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('roles').select('key').where('bureauId', '=', bureauId).execute();
  return new Set(rows.map((row) => row.key));
}

/** Holds the unit's row; 404 where it is not the bureau's. */
export async function lockUnit(db: Transaction<DB>, bureauId: string, id: string) {
  const row = await db
    .selectFrom('units')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}
