import { type Kysely, sql } from 'kysely';
import type { DB } from '../../db/schema.ts';
import { BUILT_IN_ROLES } from './permissions.ts';

const rolesWith = (permission: string): string[] =>
  BUILT_IN_ROLES.filter(({ home, permissions }) => home === 'bureau' && permissions.includes(permission)).map(
    ({ key }) => key,
  );

/** The active people of a bureau who hold `permission`, by a role of the product or of the bureau's own. */
export async function peopleWith(
  db: Kysely<DB>,
  bureauId: string,
  permission: string,
): Promise<{ id: string; unitId: string | null }[]> {
  return db
    .selectFrom('users')
    .select(['id', 'unitId'])
    .where('bureauId', '=', bureauId)
    .where('isActive', '=', true)
    .where(
      sql<boolean>`(role_keys && ${rolesWith(permission)}::text[] or exists (
        select from roles r where r.bureau_id = users.bureau_id and r.key = any (users.role_keys)
          and ${permission} = any (r.permissions)))`,
    )
    .execute();
}
