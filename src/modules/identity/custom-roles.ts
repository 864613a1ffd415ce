import { type Ctx, inTx } from '../../context.ts';
import type { Page } from '../../db/page.ts';
import { checkVersion } from '../../db/version.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { BUILT_IN_ROLES, builtInRole } from './permissions.ts';
import { checkPermissions } from './rules.ts';
import type { RoleQuery } from './list-schemas.ts';
import type { AmendRoleInput, CreateRoleInput, RoleView } from './schemas.ts';
import { ownBureau } from './store.ts';

const COLUMNS = ['id', 'key', 'nameZh', 'nameEn', 'permissions', 'version'] as const;

/** A role of the bureau's own. 409 `role.key_taken`, 422 `role.unknown_permission`. */
export async function createRole(ctx: Ctx, body: CreateRoleInput): Promise<RoleView> {
  checkPermissions(body.permissions);
  if (builtInRole(body.key)) throw conflict('role.key_taken');
  return inTx(ctx, async (tx) => {
    const id = tx.newId();
    const row = await tx.db
      .insertInto('roles')
      .values({ id, bureauId: ownBureau(tx.actor), ...body, createdAt: tx.now })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await audit(tx, { action: 'role.create', subject: { kind: 'role', id }, detail: { ...body } });
    return { ...row, home: 'bureau' };
  });
}

/** Changes a role of the bureau's own; whoever holds it has the new permissions at his next request. */
export async function amendRole(ctx: Ctx, id: string, body: AmendRoleInput): Promise<RoleView> {
  checkPermissions(body.permissions ?? []);
  return inTx(ctx, async (tx) => {
    const role = await tx.db
      .selectFrom('roles')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', ownBureau(tx.actor))
      .forUpdate()
      .executeTakeFirst();
    if (!role) throw notFound();
    checkVersion(tx, role);
    const row = await tx.db
      .updateTable('roles')
      .set({ ...body, version: role.version + 1 })
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    const before = { nameZh: role.nameZh, nameEn: role.nameEn, permissions: role.permissions };
    await audit(tx, {
      action: 'role.amend',
      subject: { kind: 'role', id },
      detail: { before, after: { ...body } },
    });
    return { ...row, home: 'bureau' };
  });
}

/** The roles that come with the product, then the bureau's own, on one page. */
export async function listRoles(ctx: Ctx, { q, home }: RoleQuery): Promise<Page<RoleView>> {
  const own = await ctx.db
    .selectFrom('roles')
    .select(COLUMNS)
    .where('bureauId', '=', ownBureau(ctx.actor))
    .orderBy('key')
    .execute();
  const builtIn = BUILT_IN_ROLES.map((role) => ({
    ...role,
    id: null,
    permissions: [...role.permissions],
    version: null,
  }));
  const roles: RoleView[] = [...builtIn, ...own.map((row) => ({ ...row, home: 'bureau' as const }))];
  const named = ({ key, nameZh, nameEn }: RoleView): boolean =>
    q === undefined || `${key}\n${nameZh}\n${nameEn}`.toLowerCase().includes(q.toLowerCase());
  const items = roles.filter((role) => named(role) && (home === undefined || home.includes(role.home)));
  return { items, next: null };
}
