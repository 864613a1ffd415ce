import type { Ctx, TxCtx } from '../context.ts';
import { stale } from '../shared/errors.ts';

/** Refuses with 412 where the request was written against another version (`If-Match`) of the locked row. */
export function checkVersion(ctx: Ctx | TxCtx, row: { version: number }): void {
  if (ctx.ifMatch !== null && ctx.ifMatch !== row.version) throw stale({ version: row.version });
}
