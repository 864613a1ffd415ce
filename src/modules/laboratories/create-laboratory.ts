import { type Ctx, inTx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { audit } from '../audit/index.ts';
import { getLaboratory } from './queries.ts';
import { checkQualification } from './rules.ts';
import type { CreateLaboratoryInput, LaboratoryView } from './schemas.ts';

/**
 * Enters a laboratory that samples can be sent to; its record is this bureau's to keep. 409 `laboratory.name_taken`; 422 `laboratory.validity`.
 */
export async function createLaboratory(ctx: Ctx, body: CreateLaboratoryInput): Promise<LaboratoryView> {
  return inTx(ctx, async (tx) => {
    const { cmaNumber = null, validFrom = null, validTo = null } = body;
    checkQualification({ cmaNumber, validFrom, validTo });
    const id = tx.newId();
    await tx.db
      .insertInto('laboratories')
      .values({ id, ...body, ownerBureauId: ownBureau(tx.actor), createdAt: tx.now })
      .execute();
    await audit(tx, {
      action: 'laboratory.create',
      subject: { kind: 'laboratory', id },
      detail: { name: body.name },
    });
    return getLaboratory(tx, id);
  });
}
