import { sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';

/** Whoever keeps a content and whoever removes one that nobody wants must not cross. */
const lockContent = (tx: Pick<TxCtx, 'db'>, sha256: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`file:${sha256}`}, 0))`.execute(tx.db);

/** Enters a stored content in the books, once, in the transaction of what refers to it. 409 `request.busy`. */
export async function keepContent(
  tx: TxCtx,
  content: { sha256: string; size: number; mediaType: string },
): Promise<void> {
  await lockContent(tx, content.sha256);
  // Another who stored the same content may have failed, and removed it, since this one stored it.
  if (!(await tx.files.has(content.sha256))) throw conflict('request.busy');
  await tx.db
    .insertInto('files')
    .values({ ...content, createdAt: tx.now })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Removes a content that was stored for nothing, unless something refers to it. */
export async function discardContent(ctx: Ctx, sha256: string): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    await lockContent({ db }, sha256);
    const kept = await db
      .selectFrom('files')
      .select('sha256')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (!kept) await ctx.files.remove(sha256);
  });
}
