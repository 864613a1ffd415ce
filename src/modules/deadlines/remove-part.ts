import { type Ctx, inTx } from '../../context.ts';
import { conflict, notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { getClock } from './clock-detail.ts';
import type { ClockDetail, RemoveBody } from './schemas.ts';
import { lockClock, partsOf, recountClock } from './store.ts';

type Part = { clockId: string; partId: string };

/**
 * Takes an extension back that should not have been given: the clock ends where it would have ended without it, and
 * what was said about it is said anew. The row stays, with the reason. 404, 412; 409 `clock.not_standing`.
 */
export const removeExtension = (ctx: Ctx, part: Part, body: RemoveBody): Promise<ClockDetail> =>
  remove(ctx, { ...part, table: 'clockExtensions', change: 'extension_removed' }, body);

/** Takes an exclusion back that was entered by mistake: its days count again. 404, 412; 409 `clock.not_standing`. */
export const removeExclusion = (ctx: Ctx, part: Part, body: RemoveBody): Promise<ClockDetail> =>
  remove(ctx, { ...part, table: 'clockExclusions', change: 'exclusion_removed' }, body);

type Removal = Part & {
  table: 'clockExtensions' | 'clockExclusions';
  change: 'extension_removed' | 'exclusion_removed';
};

async function remove(
  ctx: Ctx,
  { clockId, partId, table, change }: Removal,
  { reason }: RemoveBody,
): Promise<ClockDetail> {
  return inTx(ctx, async (tx) => {
    const clock = await lockClock(tx, clockId);
    if (clock.state === 'cancelled') throw conflict('clock.not_standing', { rule: clock.ruleId });
    const { extensions, exclusions } = (await partsOf(tx.db, [clockId])).get(clockId)!;
    const known = table === 'clockExtensions' ? extensions : exclusions;
    if (!known.some(({ id }) => id === partId)) throw notFound();
    await tx.db
      .updateTable(table)
      .set({ removedAt: tx.now, removedBy: tx.actor.id, removeReason: reason })
      .where('id', '=', partId)
      .execute();
    await recountClock(tx, clock, { change, detail: { partId, reason } });
    const subject = { kind: clock.subjectKind, id: clock.subjectId };
    const action = table === 'clockExtensions' ? 'clock.remove_extension' : 'clock.remove_exclusion';
    await audit(tx, { action, subject, detail: { clockId, partId, rule: clock.ruleId, reason } });
    return getClock(tx, clockId);
  });
}
