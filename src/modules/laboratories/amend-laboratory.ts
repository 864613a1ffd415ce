import { type Ctx, inTx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { getLaboratory } from './queries.ts';
import { checkQualification } from './rules.ts';
import type { AmendLaboratoryInput, LaboratoryView } from './schemas.ts';

/**
 * Changes a laboratory's name, marks or address. Before, after and the reason stand in the trail; reports that were
 * made under the old marks keep their day. 404, 409 `laboratory.name_taken`, 412, 422 `laboratory.validity`.
 */
export async function amendLaboratory(
  ctx: Ctx,
  id: string,
  body: AmendLaboratoryInput,
): Promise<LaboratoryView> {
  return inTx(ctx, async (tx) => {
    const { reason, ...changes } = body;
    const row = await tx.db
      .selectFrom('laboratories')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound();
    checkVersion(tx, row);
    checkQualification({ ...row, ...changes });
    await tx.db
      .updateTable('laboratories')
      .set({ ...changes, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, row[key as keyof typeof row]]));
    await audit(tx, {
      action: 'laboratory.amend',
      subject: { kind: 'laboratory', id },
      detail: { before, after: changes, reason },
    });
    return getLaboratory(tx, id);
  });
}
