import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastDay, pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { type ClockView, startClock } from '../deadlines/index.ts';
import { resolveParty } from '../parties/index.ts';
import { keepLinks } from './link-tip.ts';
import { checkCompetentOn, checkComplaint, checkedReporter, checkKeys } from './rules.ts';
import { getTip } from './queries.ts';
import type { RegisterTipInput, TipView } from './schemas.ts';
import { viewForReader } from './silence.ts';
import { EMPTY_TIP, insertTip, type NewTip, numberRows, reporterRow, type TipRecord } from './store.ts';
import { type FoundTip, viewOf } from './view.ts';

/**
 * Enters a complaint, a report or an enquiry; of a complaint C01 starts (Order 121 art. 15, before it Order 20
 * art. 14) on the day the competent bureau got it. 422 `tip.complaint_incomplete`, `tip.reporter_wrong`,
 * `field.future`, `tip.competent_before_received`, `party.*`; 409 `tip.outside_number_taken`.
 */
export async function registerTip(ctx: Ctx, body: RegisterTipInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const { tip, rows, clocks } = await enterTip(tx, body);
    return body.links.length > 0
      ? getTip(tx, tip.id)
      : viewForReader(tx, viewOf(tx, besides(tip, rows), clocks));
  });
}

/** Writes a tip with what belongs to it and starts its clock, in the transaction of whoever takes it in. */
export async function enterTip(
  tx: TxCtx,
  body: RegisterTipInput,
): Promise<{ tip: TipRecord; rows: NewTip; clocks: ClockView[] }> {
  const rows = await newTip(tx, body);
  const tip: TipRecord = { ...rows.tip, number: await insertTip(tx, rows) };
  await keepLinks(tx, tip, body.links);
  const clocks = await startTipClock(tx, tip);
  const { id, kind, channel, number, partyId } = tip;
  await audit(tx, {
    action: 'tip.register',
    subject: { kind: 'tip', id },
    detail: { kind, channel, number, partyId },
  });
  return { tip, rows, clocks };
}

/** A tip that has just come in, as its view is made of it. */
const besides = (tip: TipRecord, { reporter, numbers }: NewTip): FoundTip => ({
  ...tip,
  isAnonymous: reporter?.isAnonymous ?? null,
  outsideNumbers: numbers.map(({ id, system, number, theirState, answeredOn }) => ({
    id,
    system,
    number,
    theirState,
    answeredOn,
  })),
  splitFromTip: null,
  splitInto: null,
  identityRequests: [],
  links: [],
  sources: [],
  told: [],
});

/** Starts the acceptance clock of a complaint; a report's own runs at its case source, an enquiry has none. */
export async function startTipClock(tx: TxCtx, { id, kind, competentOn }: TipRecord): Promise<ClockView[]> {
  if (kind !== 'complaint') return [];
  const subject = { kind: 'tip', id };
  const clock = await startClock(tx, { rule: 'C01', subject, trigger: 'tip.received', on: competentOn });
  return clock ? [clock] : [];
}

type Times = { receivedAt: Date; competentOn: string };

/** What the rules say of the tip itself; nothing is written yet. */
function checkedTimes(tx: TxCtx, body: RegisterTipInput): Times {
  const receivedAt =
    body.receivedAt === undefined ? tx.now : pastInstant(body.receivedAt, tx.now, 'receivedAt');
  const competentOn = pastDay(body.competentOn ?? dayOf(receivedAt), tx.now, 'competentOn');
  checkCompetentOn(competentOn, dayOf(receivedAt));
  if (body.boughtOn) pastDay(body.boughtOn, tx.now, 'boughtOn');
  checkKeys(body);
  if (body.kind === 'complaint') checkComplaint(body, dayOf(tx.now));
  return { receivedAt, competentOn };
}

/** The rows of a tip, checked; its party is resolved, or entered, on the way. */
async function newTip(tx: TxCtx, body: RegisterTipInput): Promise<NewTip> {
  const { outsideNumbers, reporter: who, respondent, links: _, ...fields } = body;
  const times = checkedTimes(tx, body);
  const reporter = who ? reporterRow(tx, checkedReporter(who, dayOf(tx.now)), who.anonymous) : null;
  const party = respondent.party && (await resolveParty(tx, respondent.party));
  const tip = {
    ...EMPTY_TIP,
    ...entered(fields),
    ...times,
    id: tx.newId(),
    bureauId: ownBureau(tx.actor),
    kind: body.kind,
    channel: body.channel,
    narrative: body.narrative,
    reporterId: reporter?.id ?? null,
    partyId: party?.id ?? null,
    respondentName: respondent.name,
    respondentAddress: respondent.address ?? null,
    respondentPhone: respondent.phone ?? null,
    createdBy: tx.actor.id,
    createdAt: tx.now,
  };
  return { tip, reporter, numbers: numberRows(tx, tip.id, outsideNumbers) };
}

/** Without the fields that were left out: they must not empty the columns' own values. */
const entered = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
