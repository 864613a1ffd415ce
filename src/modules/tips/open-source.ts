import { type Ctx, type DomainEvent, inTx, type TxCtx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { startClock } from '../deadlines/index.ts';
import { registerSource, type SourceConcluded, type SourceOutcome } from '../sources/index.ts';
import { restartAfterOpening } from './new-facts.ts';
import { getTip } from './queries.ts';
import { nextState, type TipAction } from './rules.ts';
import type { OpenSourceInput, TipView } from './schemas.ts';
import { requireSilence } from './silence.ts';
import { findReporter, lockForAct, lockTip, updateTip } from './store.ts';

/**
 * Turns a report into a case source, whose R01 runs from the day the competent bureau got the report. What the
 * source says must not give the reporter away: 422 `tip.names_reporter` (Order 121 art. 37, FSL 115).
 */
export async function openSource(ctx: Ctx, id: string, body: OpenSourceInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const state = nextState(tip, 'open_source');
    const content = body.content ?? tip.narrative;
    await requireSilence(tx, tip, { content, handlingOpinion: body.handlingOpinion });
    const source = await registerSource(tx, {
      origin: 'tip',
      foundOn: tip.competentOn,
      party: tip.partyId === null ? undefined : { id: tip.partyId },
      partyName: tip.respondentName,
      partyAddress: tip.respondentAddress,
      partyPhone: tip.respondentPhone,
      content,
      handlingOpinion: body.handlingOpinion,
      tipId: id,
    });
    await restartAfterOpening(tx, tip, source.id);
    await updateTip(tx, tip, { state });
    await audit(tx, {
      action: 'tip.open_source',
      subject: { kind: 'tip', id },
      detail: { sourceId: source.id },
    });
    return getTip(tx, id);
  });
}

const FOLLOWS: Record<SourceOutcome, TipAction> = {
  case_opened: 'open_case',
  declined: 'decline',
  handed_over: 'hand_over',
};

/** The source of a report is concluded: the report with it, and a named reporter is to be told (R02o, to 2026-04-14). */
export async function onSourceConcluded(tx: TxCtx, event: DomainEvent): Promise<void> {
  const { tipId, outcome, on, sourceId } = event as SourceConcluded;
  if (tipId === null) return;
  const tip = await lockTip(tx, tipId);
  if (tip.kind !== 'report') return;
  await updateTip(tx, tip, { state: nextState(tip, FOLLOWS[outcome]) });
  const subject = { kind: 'tip', id: tipId };
  const found = await findReporter(tx, tip);
  if (found && !found.isAnonymous && outcome !== 'handed_over') {
    await startClock(tx, { rule: 'R02o', subject, trigger: 'source.concluded', on });
  }
  await audit(tx, { action: 'tip.source_concluded', subject, detail: { outcome, sourceId } });
}
