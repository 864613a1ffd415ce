import type { TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import type { Day } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { moveTrigger } from '../deadlines/index.ts';
import { recordCorrection } from '../records/index.ts';
import { checkFoundOn } from './rules.ts';
import { type SourceRecord, updateSource } from './store.ts';

/** The day the competent bureau got a report was corrected. */
export type TipDayMoved = { tipId: string; tipNumber: string; from: Day; to: Day };

/**
 * A source opened from a report was found on the day the report was received: corrected there, it is corrected here,
 * and R01 with it, open or met. A source whose day was corrected by itself keeps it. The officer's own reason stays
 * with the tip: it may name who reported. 422 `source.found_after_registered`.
 */
export async function followTipDay(tx: TxCtx, moved: TipDayMoved): Promise<void> {
  const sources = await tx.db
    .selectFrom('sources')
    .selectAll()
    .where('tipId', '=', moved.tipId)
    .where('bureauId', '=', ownBureau(tx.actor))
    .where('origin', '=', 'tip')
    .where('foundOn', '=', moved.from)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const source of sources) await moveFoundOn(tx, source, moved);
}

async function moveFoundOn(
  tx: TxCtx,
  source: SourceRecord,
  { tipId, tipNumber, from, to }: TipDayMoved,
): Promise<void> {
  checkFoundOn({ foundOn: to, createdAt: source.createdAt }, 'changes.competentOn');
  await updateSource(tx.db, source, { foundOn: to });
  const subject = { kind: 'source', id: source.id };
  await recordCorrection(tx, {
    subject,
    kind: 'amend',
    before: { foundOn: from },
    after: { foundOn: to },
    reason: `${tipNumber}的收到日期已更正`,
  });
  await moveTrigger(tx, { rule: 'R01', subject, on: to, reason: 'tip.amend' });
  await audit(tx, { action: 'source.amend', subject, detail: { fields: ['foundOn'], followed: { tipId } } });
}
