import { type Ctx, inTx } from '../../context.ts';
import { contains } from '../../db/list.ts';
import type { Page } from '../../db/page.ts';
import { checkVersion } from '../../db/version.ts';
import { audit } from '../audit/index.ts';
import type { UnitQuery } from './list-schemas.ts';
import type { AmendUnitInput, CreateUnitInput, UnitView } from './schemas.ts';
import { lockUnit, ownBureau } from './store.ts';

const COLUMNS = ['id', 'kind', 'name', 'areaCodes', 'isActive', 'version'] as const;

/** Adds a station (which acts in the bureau's name) or a section. 409 `unit.name_taken`. */
export async function createUnit(ctx: Ctx, body: CreateUnitInput): Promise<UnitView> {
  return inTx(ctx, async (tx) => {
    const id = tx.newId();
    const view = await tx.db
      .insertInto('units')
      .values({ id, bureauId: ownBureau(tx.actor), ...body, createdAt: tx.now })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    await audit(tx, { action: 'unit.create', subject: { kind: 'unit', id }, detail: { ...body } });
    return view;
  });
}

/** Renames a unit, changes its areas, closes or opens it again. */
export async function amendUnit(ctx: Ctx, id: string, body: AmendUnitInput): Promise<UnitView> {
  return inTx(ctx, async (tx) => {
    const unit = await lockUnit(tx.db, ownBureau(tx.actor), id);
    checkVersion(tx, unit);
    const view = await tx.db
      .updateTable('units')
      .set({ ...body, version: unit.version + 1 })
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    const before = { name: unit.name, areaCodes: unit.areaCodes, isActive: unit.isActive };
    await audit(tx, {
      action: 'unit.amend',
      subject: { kind: 'unit', id },
      detail: { before, after: { ...body } },
    });
    return view;
  });
}

/** Every unit of the bureau by name, on one page: a bureau has tens, not thousands. */
export async function listUnits(ctx: Ctx, { q, kind, active }: UnitQuery): Promise<Page<UnitView>> {
  let query = ctx.db.selectFrom('units').select(COLUMNS).where('bureauId', '=', ownBureau(ctx.actor));
  if (q) query = query.where('name', 'ilike', contains(q));
  if (kind) query = query.where('kind', 'in', kind);
  if (active !== undefined) query = query.where('isActive', '=', active);
  return { items: await query.orderBy('kind').orderBy('name').execute(), next: null };
}
