import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { dayOf, yearOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { requireSameSource, resolveTies, type Ties } from '../inspections/index.ts';
import { resolveParty } from '../parties/index.ts';
import { takeSampleNumber } from './numbering.ts';
import { getSample } from './queries.ts';
import { checkTaking, portionSums } from './rules.ts';
import type { CollectSampleInput, SampleView } from './schemas.ts';
import { insertPortions, insertSample } from './store.ts';
import { takeFromGoods } from './take-from-goods.ts';

/**
 * Takes a sample as evidence (CXGD 31; form #29): by two certified officers (K1), of a source, a case or an
 * inspection; test and back-up portions under their own seals. What was found at an inspection moves to the
 * laboratory in the ledger. 404; 409 `goods.negative_balance`; 422 `sample.of_nothing`, `sample.nobody_present`,
 * `sample.online_record`, `sample.more_than_base`, `sample.no_test_portion`, and of goods as `takeFromGoods`.
 */
export async function collectSample(ctx: Ctx, body: CollectSampleInput): Promise<SampleView> {
  return inTx(ctx, async (tx) => {
    const sampledAt = pastInstant(body.sampledAt, tx.now, 'sampledAt');
    checkTaking(body);
    const { sample, backup } = portionSums(body.portions, body.baseQuantity);
    const ties = await tiesOf(tx, body);
    const officers = await certifiedOfficers(tx, body.officerIds, dayOf(sampledAt));
    const id = tx.newId();
    await takeFromGoods(tx, { id, ...ties }, body);
    const officerIds = officers.map((officer) => officer.id);
    const number = await takeSampleNumber(tx, yearOf(dayOf(sampledAt)));
    await insertSample(tx, body, {
      ...ties,
      id,
      number,
      sampledAt,
      officerIds,
      sampleQuantity: sample,
      backupQuantity: backup,
    });
    await insertPortions(tx, { id, number }, body);
    const detail = { number, ...ties, officerIds, items: body.items };
    await audit(tx, { action: 'sample.collect', subject: { kind: 'sample', id }, detail });
    return getSample(tx, id);
  });
}

const NO_INSPECTION = { id: null, sourceId: null, caseId: null, partyId: null };

async function tiesOf(tx: TxCtx, body: CollectSampleInput): Promise<Ties & { inspectionId: string | null }> {
  const inspection = body.inspectionId ? await inspectionTies(tx, body.inspectionId) : NO_INSPECTION;
  const party = body.partyId ? await resolveParty(tx, { id: body.partyId }) : { id: inspection.partyId };
  const ties = await resolveTies(tx, {
    sourceId: body.sourceId ?? inspection.sourceId,
    caseId: body.caseId ?? inspection.caseId,
    partyId: party.id,
  });
  requireSameSource(inspection.sourceId, ties.sourceId, 'inspectionId');
  if (ties.sourceId === null && inspection.id === null) {
    throw unprocessable('sample.of_nothing', {}, [{ field: 'sourceId', code: 'field.required' }]);
  }
  return { ...ties, inspectionId: inspection.id };
}

async function inspectionTies(tx: TxCtx, id: string) {
  const row = await tx.db
    .selectFrom('inspections')
    .select(['id', 'sourceId', 'caseId', 'partyId'])
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .where('voidedAt', 'is', null)
    .executeTakeFirst();
  const code = 'sample.unknown_inspection';
  if (!row) throw unprocessable(code, {}, [{ field: 'inspectionId', code }]);
  return row;
}
