import { type Ctx, inTx, type Job } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { openTold, sealedTold } from './store.ts';

const AT_ONCE = 200;

/** Seals what was kept of tellings before they were sealed; nothing to do once it has run. */
export async function sealTold(ctx: Ctx): Promise<void> {
  const plain = ctx.db.selectFrom('told').select('bureauId').distinct().where('sealed', 'is', null);
  for (const { bureauId } of await plain.execute()) {
    while ((await sealSome(ctx, bureauId)) === AT_ONCE);
  }
}

const sealSome = (ctx: Ctx, bureauId: string): Promise<number> =>
  inTx(ctx, async (tx) => {
    const rows = await tx.db
      .selectFrom('told')
      .selectAll()
      .where('bureauId', '=', bureauId)
      .where('sealed', 'is', null)
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const row of rows) {
      const sealed = sealedTold(tx.vault, openTold(tx.vault, row));
      await tx.db.updateTable('told').set(sealed).where('id', '=', row.id).execute();
    }
    if (rows.length > 0) {
      const subject = { kind: 'bureau', id: bureauId };
      await audit(tx, { action: 'tip.seal_told', subject, detail: { told: rows.length }, bureauId });
    }
    return rows.length;
  });

/** What tips do by the clock. */
export const tipJobs: readonly Job[] = [
  { name: 'tips.seal_told', schedule: '30 */10 * * * *', run: sealTold },
];
