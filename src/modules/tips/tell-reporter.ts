import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { instantAt } from '../../shared/clock.ts';
import { notBefore, pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { clocksOf, meetClock } from '../deadlines/index.ts';
import { getTip } from './queries.ts';
import { nextState } from './rules.ts';
import type { DecisionTold, TellReporterInput, TipView } from './schemas.ts';
import { lockForAct, sealedTold, type TipRecord, updateTip } from './store.ts';
import { requireReporter } from './view.ts';

/**
 * Keeps that the reporter was told something, by which way and when (not a service). What arrived meets the duty to
 * tell: C01 of acceptance or refusal, R02o of a filing decision; an enquiry is answered by it. 409
 * `tip.nobody_to_tell`; 422 `date.before_start` where he would have been told before there was anything to tell.
 */
export async function tellReporter(ctx: Ctx, id: string, body: TellReporterInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const tip = await lockForAct(tx, id);
    const { about } = body;
    const toldAt = await keepTold(tx, tip, body);
    const arrived = body.failedReason === undefined;
    await updateTip(tx, tip, arrived ? await afterTelling(tx, tip, { about, toldAt }) : {});
    return getTip(tx, id);
  });
}

/** Tells a complainant of the decision just taken, in the act that takes it: C01 is met. */
export async function tellDecision(
  tx: TxCtx,
  tip: TipRecord,
  { about, told }: { about: 'acceptance' | 'refusal'; told: DecisionTold | undefined },
): Promise<void> {
  if (told === undefined) return;
  const toldAt = await keepTold(tx, tip, { about, ...told });
  await meetClock(tx, { rule: 'C01', subject: { kind: 'tip', id: tip.id }, at: toldAt });
}

/** Keeps what a reporter was told. Errors as `tellReporter`. */
export async function keepTold(tx: TxCtx, tip: TipRecord, body: Telling): Promise<Date> {
  const { about, whom = 'reporter', way, content, failedReason = null } = body;
  if (whom === 'reporter') requireReporter(tip);
  const arrived = failedReason === null;
  const toldAt = body.toldAt === undefined ? tx.now : pastInstant(body.toldAt, tx.now, 'toldAt');
  notBefore(toldAt, await startOf(tx, tip, about), 'toldAt');
  await tx.db
    .insertInto('told')
    .values({
      id: tx.newId(),
      bureauId: tip.bureauId,
      tipId: tip.id,
      about,
      whom,
      way,
      toldAt,
      arrived,
      ...sealedTold(tx.vault, { content, failedReason }),
      actorId: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  // Content and reason of failure may name whom they were for.
  await audit(tx, {
    action: 'tip.tell_reporter',
    subject: { kind: 'tip', id: tip.id },
    detail: whom === 'reporter' ? { about, way, arrived } : { about, whom, way, arrived },
  });
  return toldAt;
}

/** What is told: of what the desk tells by itself, and of what another act tells. */
type Telling = Omit<TellReporterInput, 'about'> & {
  about: About | 'identity_request' | 'meeting' | 'mediation_end';
  /** The reporter, where it is not said. */
  whom?: 'reporter' | 'respondent';
};

type About = TellReporterInput['about'];

/** Before this nobody could be told: the tip had not come in, or the filing was not decided. */
async function startOf(tx: TxCtx, tip: TipRecord, about: Telling['about']): Promise<Date> {
  if (about !== 'filing_decision') return tip.receivedAt;
  const clocks = await clocksOf(tx.db, [{ kind: 'tip', id: tip.id }], tx.now);
  const decidedOn = clocks.find(({ rule }) => rule === 'R02o')?.triggeredOn;
  const decided = decidedOn === undefined ? tip.receivedAt : instantAt(decidedOn, '00:00');
  return decided > tip.receivedAt ? decided : tip.receivedAt;
}

const DECIDED = { acceptance: 'accepted', refusal: 'refused' } as const;

async function afterTelling(
  tx: TxCtx,
  tip: TipRecord,
  { about, toldAt }: { about: About; toldAt: Date },
): Promise<Partial<TipRecord>> {
  const subject = { kind: 'tip', id: tip.id };
  if (about === 'filing_decision') await meetClock(tx, { rule: 'R02o', subject, at: toldAt });
  const isDecision = about === 'acceptance' || about === 'refusal';
  // Telling of a decision that was not taken meets nothing.
  if (isDecision && tip.state === DECIDED[about]) await meetClock(tx, { rule: 'C01', subject, at: toldAt });
  return tip.kind === 'enquiry' && tip.state === 'received' && about === 'answer'
    ? { state: nextState(tip, 'answer') }
    : {};
}
