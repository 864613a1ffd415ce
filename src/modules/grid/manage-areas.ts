import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { getArea } from './queries.ts';
import { requireLarger } from './rules.ts';
import type { AmendAreaBody, AreaView, CreateAreaBody } from './schemas.ts';

/** Adds a grid area. 404 for an unknown parent; 422 `grid.level_order`, `grid.unknown_unit`; 409 `grid.name_taken`. */
export async function createArea(ctx: Ctx, body: CreateAreaBody): Promise<AreaView> {
  return inTx(ctx, async (tx) => {
    const bureauId = tx.actor.bureauId;
    if (!bureauId) throw notFound();
    if (body.parentId) requireLarger((await lockArea(tx, body.parentId)).level, body.level);
    await checkReferences(tx, body);
    const id = tx.newId();
    await tx.db
      .insertInto('gridAreas')
      .values({ id, bureauId, ...body, createdAt: tx.now })
      .execute();
    await audit(tx, { action: 'grid.create', subject: { kind: 'grid_area', id }, detail: { ...body } });
    return getArea(tx, id);
  });
}

/** Renames a grid area or gives it to another station. */
export async function amendArea(ctx: Ctx, id: string, body: AmendAreaBody): Promise<AreaView> {
  return inTx(ctx, async (tx) => {
    const area = await lockArea(tx, id);
    checkVersion(tx, area);
    await checkReferences(tx, body);
    await tx.db
      .updateTable('gridAreas')
      .set({ ...body, version: area.version + 1 })
      .where('id', '=', id)
      .execute();
    const before = { name: area.name, divisionCode: area.divisionCode, unitId: area.unitId };
    await audit(tx, {
      action: 'grid.amend',
      subject: { kind: 'grid_area', id },
      detail: { before, after: { ...body } },
    });
    return getArea(tx, id);
  });
}

/** Holds a grid area of the actor's bureau; 404. */
export async function lockArea(tx: TxCtx, id: string) {
  const area = await tx.db
    .selectFrom('gridAreas')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!area) throw notFound();
  return area;
}

type References = { unitId?: string | null | undefined; divisionCode?: string | null | undefined };

async function checkReferences(tx: TxCtx, { unitId, divisionCode }: References): Promise<void> {
  if (unitId) {
    const unit = await tx.db
      .selectFrom('units')
      .select('id')
      .where('id', '=', unitId)
      .where('bureauId', '=', tx.actor.bureauId)
      .executeTakeFirst();
    if (!unit) throw unprocessable('grid.unknown_unit', {}, [{ field: 'unitId', code: 'grid.unknown_unit' }]);
  }
  if (divisionCode) {
    const division = await tx.db
      .selectFrom('divisions')
      .select('code')
      .where('code', '=', divisionCode)
      .executeTakeFirst();
    if (!division) {
      throw unprocessable('grid.unknown_division', {}, [
        { field: 'divisionCode', code: 'grid.unknown_division' },
      ]);
    }
  }
}
