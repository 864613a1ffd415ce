import { type Ctx, inTx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { getLaboratory } from './queries.ts';
import { checkQualification } from './rules.ts';
import type { CreateLaboratoryInput, LaboratoryView } from './schemas.ts';

/**
 * Enters a laboratory that samples can be sent to. 409 `laboratory.name_taken`; 422 `laboratory.validity`.
 */
export async function createLaboratory(ctx: Ctx, body: CreateLaboratoryInput): Promise<LaboratoryView> {
  return inTx(ctx, async (tx) => {
    const { cmaNumber = null, validFrom = null, validTo = null } = body;
    checkQualification({ cmaNumber, validFrom, validTo });
    const id = tx.newId();
    await tx.db
      .insertInto('laboratories')
      .values({ id, ...body, createdAt: tx.now })
      .execute();
    await audit(tx, {
      action: 'laboratory.create',
      subject: { kind: 'laboratory', id },
      detail: { name: body.name },
    });
    return getLaboratory(tx, id);
  });
}
