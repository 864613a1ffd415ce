import { sql } from 'kysely';
import { type Ctx, inTx } from '../../context.ts';
import { asked } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import { dayOf, formatInstant } from '../../shared/clock.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { checkMachinePermissions } from './rules.ts';
import type { ApiKeyQuery, ApiKeyRow } from './list-schemas.ts';
import type { ApiKeyView, CreateApiKeyInput } from './schemas.ts';
import { ownBureau } from './store.ts';
import { hashToken, newToken } from './tokens.ts';

const COLUMNS = [
  'id',
  'name',
  'permissions',
  'createdBy',
  'createdAt',
  'expiresOn',
  'revokedAt',
  'version',
] as const;

type Row = Omit<ApiKeyView, 'createdAt' | 'revokedAt'> & { createdAt: Date; revokedAt: Date | null };

const viewOf = (row: Row): ApiKeyView => ({
  ...row,
  createdAt: formatInstant(row.createdAt),
  revokedAt: row.revokedAt && formatInstant(row.revokedAt),
});

/** A key for a machine; its secret is in the answer, this once. Never for what only a person may do. */
export async function createApiKey(ctx: Ctx, body: CreateApiKeyInput): Promise<ApiKeyView & { key: string }> {
  checkMachinePermissions(body.permissions);
  const key = `shian_${newToken()}`;
  // The secret must not be kept beside an Idempotency-Key.
  return inTx({ ...ctx, idempotency: null }, async (tx) => {
    const id = tx.newId();
    const row = await tx.db
      .insertInto('apiKeys')
      .values({
        id,
        bureauId: ownBureau(tx.actor),
        name: body.name,
        keyHash: hashToken(key),
        permissions: body.permissions,
        createdBy: tx.actor.id,
        createdAt: tx.now,
        expiresOn: body.expiresOn ?? null,
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await audit(tx, { action: 'api_key.create', subject: { kind: 'api_key', id }, detail: { ...body } });
    return { ...viewOf(row), key };
  });
}

/** Ends a key for good, from the next request on. */
export async function revokeApiKey(ctx: Ctx, id: string, body: { reason: string }): Promise<ApiKeyView> {
  return inTx(ctx, async (tx) => {
    const found = await tx.db
      .selectFrom('apiKeys')
      .select(['id', 'revokedAt', 'version'])
      .where('id', '=', id)
      .where('bureauId', '=', ownBureau(tx.actor))
      .forUpdate()
      .executeTakeFirst();
    if (!found) throw notFound();
    if (found.revokedAt) throw conflict('api_key.revoked');
    const row = await tx.db
      .updateTable('apiKeys')
      .set({ revokedAt: tx.now, version: found.version + 1 })
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await audit(tx, {
      action: 'api_key.revoke',
      subject: { kind: 'api_key', id },
      detail: { reason: body.reason },
    });
    return viewOf(row);
  });
}

/** The bureau's keys, newest first, without their secrets. */
export async function listApiKeys(ctx: Ctx, filter: ApiKeyQuery): Promise<Page<ApiKeyRow>> {
  let query = ctx.db
    .selectFrom('apiKeys')
    .select(COLUMNS)
    .select(
      sql<string | null>`(select u.name from users u where u.id = api_keys.created_by)`.as('createdByName'),
    )
    .where('bureauId', '=', ownBureau(ctx.actor))
    .where(asked(ctx, { table: 'apiKeys', time: 'createdAt', texts: ['name'] }, filter));
  if (filter.active !== undefined) {
    const alive = sql<boolean>`(revoked_at is null and (expires_on is null or expires_on >= ${dayOf(ctx.now)}::date))`;
    query = query.where(alive, '=', filter.active);
  }
  const { items, next } = await page(query, { time: 'apiKeys.createdAt', id: 'apiKeys.id' }, filter);
  return { items: items.map((row) => ({ ...row, ...viewOf(row) })), next };
}
