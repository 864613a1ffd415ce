import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import type { JsonObject } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { AmendBureauInput, BureauView } from './schemas.ts';
import { lockBureau, ownBureau } from './store.ts';

const COLUMNS = ['id', 'areaCode', 'name', 'shortName', 'settings', 'version'] as const;

/** The actor's bureau with its settings. */
export async function getBureau(ctx: Ctx): Promise<BureauView> {
  const row = await ctx.db
    .selectFrom('bureaus')
    .select(COLUMNS)
    .where('id', '=', ownBureau(ctx.actor))
    .executeTakeFirst();
  if (!row) throw notFound();
  return { ...row, settings: row.settings as JsonObject };
}

/** Changes names and settings; settings not named stay, one set to null goes back to its default. */
export async function amendBureau(ctx: Ctx, body: AmendBureauInput): Promise<BureauView> {
  return inTx(ctx, async (tx) => {
    const bureau = await lockBureau(tx.db, ownBureau(tx.actor));
    checkVersion(tx, bureau);
    const before = bureau.settings as JsonObject;
    const merged = { ...before, ...body.settings };
    const settings = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
    const row = await tx.db
      .updateTable('bureaus')
      .set({
        name: body.name ?? bureau.name,
        shortName: body.shortName ?? bureau.shortName,
        settings: JSON.stringify(settings),
        version: bureau.version + 1,
      })
      .where('id', '=', bureau.id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await audit(tx, {
      action: 'bureau.amend',
      subject: { kind: 'bureau', id: bureau.id },
      detail: {
        before: { name: bureau.name, shortName: bureau.shortName, settings: before },
        after: { ...body },
      },
    });
    return { ...row, settings: row.settings as JsonObject };
  });
}
