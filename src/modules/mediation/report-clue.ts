import { type Ctx, inTx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { registerSource } from '../sources/index.ts';
import { getMediation } from './queries.ts';
import type { MediationView, ReportClueInput } from './schemas.ts';
import { lockMediation, moveMediation } from './store.ts';

/**
 * A clue to a violation found while mediating becomes a case source, to be verified in fifteen working days (C04, Order
 * 121 art. 27): mediation does not free the trader from what else he owes. 422 `tip.names_reporter`, `field.future`,
 * `mediation.clue_before_start`.
 */
export async function reportClue(ctx: Ctx, tipId: string, body: ReportClueInput): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'report_clue');
    const { tip, mediation } = step;
    const foundOn = body.foundOn ?? dayOf(tx.now);
    if (foundOn < mediation.startedOn!) {
      const code = 'mediation.clue_before_start';
      throw unprocessable(code, {}, [{ field: 'foundOn', code }]);
    }
    const source = await registerSource(tx, {
      origin: 'mediation',
      foundOn,
      party: tip.partyId === null ? undefined : { id: tip.partyId },
      partyName: tip.respondentName,
      partyAddress: tip.respondentAddress,
      partyPhone: tip.respondentPhone,
      content: body.content,
      handlingOpinion: body.handlingOpinion,
      tipId,
    });
    await moveMediation(tx, step, {});
    const detail = { mediationId: mediation.id, sourceId: source.id, foundOn };
    await audit(tx, { action: 'mediation.report_clue', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}
