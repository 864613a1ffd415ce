import type { Ctx } from '../../context.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { cmp, normalise, sub } from '../../shared/decimal.ts';
import { conflict, notFound, unprocessable } from '../../shared/errors.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { itemsByIds, liveItems } from './queries.ts';
import { backwards } from './reverse.ts';
import { checkAmendable, FOUND, FOUND_LESS, isReversible, untouchedAt } from './rules.ts';
import type { GoodsView, ItemView, MovementView } from './schemas.ts';
import { entriesOf } from './store.ts';

async function requireItem(ctx: Ctx, id: string): Promise<void> {
  if (!(await liveItems(ctx).where('goodsItems.id', '=', id).executeTakeFirst())) throw notFound();
}

/** The entries of an item, oldest first; 404. The opening entry comes from nowhere, a miscount goes nowhere. */
export async function listMovements(ctx: Ctx, id: string): Promise<{ items: MovementView[] }> {
  await requireItem(ctx, id);
  const rows = await entriesOf(ctx, id);
  return {
    items: rows.map((row) => ({
      id: row.id,
      at: formatInstant(row.at),
      cause: row.cause,
      from: row.cause === FOUND ? null : { place: row.fromPlace, title: row.fromTitle },
      to: row.cause === FOUND_LESS ? null : { place: row.toPlace, title: row.toTitle },
      quantity: normalise(row.quantity),
      correctable: correctableOf(row),
      subject: { kind: row.subjectKind, id: row.subjectId },
      reason: row.reason,
      actorId: row.actorId,
      actorName: row.actorName,
    })),
  };
}

function correctableOf(row: Awaited<ReturnType<typeof entriesOf>>[number]): string | null {
  if (!isReversible({ cause: row.cause, to: backwards(row).to })) return null;
  const left = normalise(sub(row.quantity, row.takenBack));
  return cmp(left, '0') > 0 ? left : null;
}

function actionsOf(ctx: Ctx, item: ItemView, entries: readonly MovementView[]): AllowedAction[] {
  const requireUntouched = (): void => {
    checkAmendable(item);
    if (item.quantity !== null && !untouchedAt(item.balances, item.quantity))
      throw conflict('goods.moved_already');
  };
  const checks = {
    price: () => {
      if (item.quantity === null) throw unprocessable('goods.no_quantity');
    },
    correct: () => {
      if (entries.every(({ correctable }) => correctable === null))
        throw unprocessable('goods.not_reversible');
    },
    amend: () => checkAmendable(item),
    void: requireUntouched,
  };
  return allowedActions(
    ctx,
    Object.entries(checks).map(([action, check]) => ({ action, permission: `goods.${action}`, check })),
  );
}

/** One item: where it was found, under which measure it is, where it is now, and what may be done with it. 404. */
export async function getItem(ctx: Ctx, id: string): Promise<GoodsView> {
  const row = await liveItems(ctx)
    .leftJoin('inspections', 'inspections.id', 'goodsItems.inspectionId')
    .leftJoin('measures', 'measures.id', 'goodsItems.measureId')
    .select(['inspections.place as scene', 'measures.kind as measureKind', 'measures.state as measureState'])
    .where('goodsItems.id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound();
  const [item, entries] = await Promise.all([itemsByIds(ctx.db, [id]), listMovements(ctx, id)]);
  const { scene, measureKind, measureState, caseId } = row;
  return {
    ...item[0]!,
    caseId,
    scene,
    measureKind,
    measureState,
    allowedActions: actionsOf(ctx, item[0]!, entries.items),
  };
}
