import { sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';
import type { SealedWith } from '../../shared/vault.ts';

/** A content as it lies in the store; `size` as it is when it is read. */
export type Content = { sha256: string; size: number };

/** Whoever keeps a content and whoever removes one that nobody wants must not cross. */
const lock = (tx: Pick<TxCtx, 'db'>, name: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`file:${name}`}, 0))`.execute(tx.db);

/** Enters a stored content in the books, once, in the transaction of what refers to it. 409 `request.busy`. */
export async function keepContent(
  tx: TxCtx,
  content: Content & Partial<SealedWith> & { contentKey?: Buffer },
): Promise<void> {
  await lock(tx, content.sha256);
  // Another who stored the same content may have failed, and removed it, since this one stored it.
  if (!(await tx.files.has(content.sha256))) throw conflict('request.busy');
  await tx.db
    .insertInto('files')
    .values({ ...content, createdAt: tx.now })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** A sealed content, and the hash of what was sealed. */
export type SealedContent = Content & SealedWith & { plainSha256: string; mediaType: string };

/**
 * As `keepContent`, of a sealed content: once within a bureau. Sealed anew it is never the same bytes, so it is known by
 * a keyed hash; answers under which hash it lies.
 */
export async function keepSealed(tx: TxCtx, bureauId: string, content: SealedContent): Promise<string> {
  const { plainSha256, mediaType, ...stored } = content;
  const contentKey = tx.vault.lookup('file', `${bureauId}\0${mediaType}\0${plainSha256}`);
  await lock(tx, contentKey.toString('hex'));
  const known = await tx.db
    .selectFrom('files')
    .select('sha256')
    .where('contentKey', '=', contentKey)
    .executeTakeFirst();
  if (known) return known.sha256;
  await keepContent(tx, { ...stored, contentKey });
  return stored.sha256;
}

/** Removes a content that was stored for nothing, unless something refers to it. */
export async function discardContent(ctx: Ctx, sha256: string): Promise<void> {
  await ctx.db.transaction().execute(async (db) => {
    await lock({ db }, sha256);
    const kept = await db
      .selectFrom('files')
      .select('sha256')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (!kept) await ctx.files.remove(sha256);
  });
}

/** Takes a content nothing refers to any more out of the books; what is stored goes after commit (`discardContent`). */
export async function forgetContent(tx: TxCtx, sha256: string): Promise<void> {
  await lock(tx, sha256);
  await tx.db
    .deleteFrom('files')
    .where('sha256', '=', sha256)
    .where((eb) =>
      eb.not(
        eb.or([
          eb.exists(eb.selectFrom('attachments').select('id').where('attachments.sha256', '=', sha256)),
          eb.exists(eb.selectFrom('documents').select('id').where('documents.sha256', '=', sha256)),
        ]),
      ),
    )
    .execute();
  tx.afterCommit((ctx) => discardContent(ctx, sha256));
}
