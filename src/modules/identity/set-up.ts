import type { Kysely } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { addUser, hashChosenPassword } from './add-user.ts';
import type { SetUpInput } from './schemas.ts';
import { hashToken, newToken } from './tokens.ts';

const LINK_LIVES_MS = 24 * 3_600_000;

/**
 * While there are no users: the token of a link with which whoever can read the terminal becomes the first
 * administrator, once, within 24 hours. Older links die. Null where there are users.
 */
export async function makeSetupLink(
  db: Kysely<DB>,
  at: { now: Date; ticks: number },
): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    const anybody = await trx.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (anybody) return null;
    const token = newToken();
    await trx.deleteFrom('setupLinks').where('usedAt', 'is', null).execute();
    await trx
      .insertInto('setupLinks')
      .values({ tokenHash: hashToken(token), createdTick: at.ticks, createdAt: at.now })
      .execute();
    return token;
  });
}

async function useLink(tx: TxCtx, token: string, ticks: number): Promise<void> {
  const used = await tx.db
    .updateTable('setupLinks')
    .set({ usedAt: tx.now })
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('createdTick', '>', ticks - LINK_LIVES_MS)
    .executeTakeFirst();
  const anybody = await tx.db.selectFrom('users').select('id').limit(1).executeTakeFirst();
  if (used.numUpdatedRows === 0n || anybody) throw notFound('setup.link_dead');
}

/** Adds a bureau with its trace; answers the id. 409 `bureau.area_taken`. */
export async function addBureau(tx: TxCtx, bureau: SetUpInput['bureau']): Promise<string> {
  const id = tx.newId();
  await tx.db
    .insertInto('bureaus')
    .values({ id, ...bureau, createdAt: tx.now })
    .execute();
  const detail = { areaCode: bureau.areaCode, name: bureau.name };
  await audit(tx, { action: 'bureau.create', subject: { kind: 'bureau', id }, detail, bureauId: id });
  return id;
}

/** The first bureau and its administrator. 404 `setup.link_dead` for a link used, too old, or never made. */
export async function setUp(
  ctx: Ctx,
  body: SetUpInput,
  ticks: number,
): Promise<{ bureauId: string; userId: string }> {
  const { administrator } = body;
  await requireLiveLink(ctx.db, body.token, ticks);
  const passwordHash = await hashChosenPassword(administrator.password, administrator.login);
  return inTx(ctx, async (tx) => {
    await useLink(tx, body.token, ticks);
    const bureauId = await addBureau(tx, body.bureau);
    const userId = await addUser(tx, {
      login: administrator.login,
      name: administrator.name,
      bureauId,
      laboratoryId: null,
      unitId: null,
      roleKeys: ['administrator'],
      passwordHash,
      mustChangePassword: false,
    });
    return { bureauId, userId };
  });
}

/** Asked before the costly hash, so that strangers cannot make the server work; `useLink` decides. */
async function requireLiveLink(db: Kysely<DB>, token: string, ticks: number): Promise<void> {
  const link = await db
    .selectFrom('setupLinks')
    .select('usedAt')
    .where('tokenHash', '=', hashToken(token))
    .where('usedAt', 'is', null)
    .where('createdTick', '>', ticks - LINK_LIVES_MS)
    .executeTakeFirst();
  if (!link) throw notFound('setup.link_dead');
}
