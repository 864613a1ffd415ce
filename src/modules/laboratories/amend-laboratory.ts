import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { getLaboratory, selfAdministered } from './queries.ts';
import { checkQualification, requireOwner } from './rules.ts';
import type { AmendLaboratoryInput, LaboratoryView } from './schemas.ts';

/**
 * Changes a laboratory's name, marks or address. Before, after and the reason stand in the trail; reports that were
 * made under the old marks keep them. 403 `laboratory.of_another`, `laboratory.self_administered`; 404, 409
 * `laboratory.name_taken`, 412, 422 `laboratory.validity`.
 */
export async function amendLaboratory(
  ctx: Ctx,
  id: string,
  body: AmendLaboratoryInput,
): Promise<LaboratoryView> {
  return inTx(ctx, async (tx) => {
    const { reason, ...changes } = body;
    const row = await lockLaboratory(tx, id);
    requireOwner(row, tx.actor);
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
      // Where the laboratory itself amends: the trail of the bureau that entered it.
      bureauId: tx.actor.bureauId ?? row.ownerBureauId,
    });
    return getLaboratory(tx, id);
  });
}

async function lockLaboratory(tx: TxCtx, id: string) {
  const row = await tx.db
    .selectFrom('laboratories')
    .selectAll('laboratories')
    .select(selfAdministered.as('selfAdministered'))
    .where('laboratories.id', '=', id)
    .forUpdate('laboratories')
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}
