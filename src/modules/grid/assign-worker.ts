import { type Ctx, inTx } from '../../context.ts';
import { conflict, notFound, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { lockArea } from './manage-areas.ts';
import { getArea } from './queries.ts';
import type { AreaView, AssignWorkerBody, EndWorkerBody } from './schemas.ts';

/** Puts a grid worker of the bureau in charge of an area. 422 `grid.unknown_worker`; 409 `grid.already_assigned`. */
export async function assignWorker(
  ctx: Ctx,
  areaId: string,
  { userId, from }: AssignWorkerBody,
): Promise<AreaView> {
  return inTx(ctx, async (tx) => {
    const area = await lockArea(tx, areaId);
    const user = await tx.db
      .selectFrom('users')
      .select('id')
      .where('id', '=', userId)
      .where('bureauId', '=', area.bureauId)
      .executeTakeFirst();
    if (!user)
      throw unprocessable('grid.unknown_worker', {}, [{ field: 'userId', code: 'grid.unknown_worker' }]);
    const open = await tx.db
      .selectFrom('gridWorkers')
      .select('id')
      .where('areaId', '=', areaId)
      .where('userId', '=', userId)
      .where((eb) => eb.or([eb('toOn', 'is', null), eb('toOn', '>=', from)]))
      .executeTakeFirst();
    if (open) throw conflict('grid.already_assigned');
    const id = tx.newId();
    const row = { id, bureauId: area.bureauId, areaId, userId, fromOn: from, createdAt: tx.now };
    await tx.db.insertInto('gridWorkers').values(row).execute();
    const subject = { kind: 'grid_area', id: areaId };
    await audit(tx, { action: 'grid.assign_worker', subject, detail: { userId, from } });
    return getArea(tx, areaId);
  });
}

/** Ends a grid worker's charge of an area; `to` is his last day. 422 `grid.ends_before_start`; 409 `grid.ended`. */
export async function endWorker(ctx: Ctx, id: string, { to }: EndWorkerBody): Promise<AreaView> {
  return inTx(ctx, async (tx) => {
    const worker = await tx.db
      .selectFrom('gridWorkers')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', tx.actor.bureauId)
      .forUpdate()
      .executeTakeFirst();
    if (!worker) throw notFound();
    if (worker.toOn !== null) throw conflict('grid.ended', { day: worker.toOn });
    if (to < worker.fromOn) throw unprocessable('grid.ends_before_start', { from: worker.fromOn, to });
    await tx.db.updateTable('gridWorkers').set({ toOn: to }).where('id', '=', id).execute();
    const subject = { kind: 'grid_area', id: worker.areaId };
    await audit(tx, { action: 'grid.end_worker', subject, detail: { userId: worker.userId, to } });
    return getArea(tx, worker.areaId);
  });
}
