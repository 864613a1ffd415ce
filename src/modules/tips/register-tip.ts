import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { pastDay, pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { type ClockView, startClock } from '../deadlines/index.ts';
import { resolveParty } from '../parties/index.ts';
import { checkCompetentOn, checkComplaint, checkedReporter, checkKeys } from './rules.ts';
import type { RegisterTipInput, TipView } from './schemas.ts';
import { EMPTY_TIP, insertOutsideNumbers, insertReporter, nextTipNumber, type TipRecord } from './store.ts';
import { viewOf } from './view.ts';

/**
 * Enters a complaint, a report or an enquiry; of a complaint C01 starts (Order 121 art. 15, before it Order 20
 * art. 14) on the day the competent bureau got it. 422 `tip.complaint_incomplete`, `tip.reporter_wrong`,
 * `field.future`, `tip.competent_before_received`, `party.*`; 409 `tip.outside_number_taken`.
 */
export async function registerTip(ctx: Ctx, body: RegisterTipInput): Promise<TipView> {
  return inTx(ctx, async (tx) => {
    const times = checkedTimes(tx, body);
    const tip = await insertTip(tx, body, { ...times, ...(await insertPeople(tx, body)) });
    const outsideNumbers = await insertOutsideNumbers(tx, tip.id, body.outsideNumbers);
    const clocks = await startTipClock(tx, tip);
    const { id, kind, channel, number, partyId } = tip;
    await audit(tx, {
      action: 'tip.register',
      subject: { kind: 'tip', id },
      detail: { kind, channel, number, partyId },
    });
    const isAnonymous = body.reporter?.anonymous ?? null;
    const beside = {
      isAnonymous,
      outsideNumbers,
      splitFromTip: null,
      splitInto: null,
      sources: [],
      told: [],
    };
    return viewOf(tx, { ...tip, ...beside }, clocks);
  });
}

/** Starts the acceptance clock of a complaint; a report's own runs at its case source, an enquiry has none. */
export async function startTipClock(tx: TxCtx, { id, kind, competentOn }: TipRecord): Promise<ClockView[]> {
  if (kind !== 'complaint') return [];
  const subject = { kind: 'tip', id };
  const clock = await startClock(tx, { rule: 'C01', subject, trigger: 'tip.received', on: competentOn });
  return clock ? [clock] : [];
}

type Times = { receivedAt: Date; competentOn: string };
type Pointers = { partyId: string | null; reporterId: string | null };

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

/** Who reported and whom it is about, in rows of their own. */
async function insertPeople(tx: TxCtx, { reporter, respondent }: RegisterTipInput): Promise<Pointers> {
  const kept = reporter && checkedReporter(reporter, dayOf(tx.now));
  const party = respondent.party && (await resolveParty(tx, respondent.party));
  const reporterId = kept ? await insertReporter(tx, kept, reporter.anonymous) : null;
  return { partyId: party?.id ?? null, reporterId };
}

/** Writes the tip; what is not entered is empty, so that the row need not be read back. */
async function insertTip(tx: TxCtx, body: RegisterTipInput, checked: Times & Pointers): Promise<TipRecord> {
  const { outsideNumbers: _n, reporter: _r, respondent, ...fields } = body;
  const row: Omit<TipRecord, 'number'> = {
    ...EMPTY_TIP,
    ...entered(fields),
    ...checked,
    id: tx.newId(),
    bureauId: ownBureau(tx.actor),
    kind: body.kind,
    channel: body.channel,
    narrative: body.narrative,
    respondentName: respondent.name,
    respondentAddress: respondent.address ?? null,
    respondentPhone: respondent.phone ?? null,
    createdBy: tx.actor.id,
    createdAt: tx.now,
  };
  const { number } = await tx.db
    .insertInto('tips')
    .values({ ...row, number: nextTipNumber(body.kind, checked.receivedAt) })
    .returning('number')
    .executeTakeFirstOrThrow();
  return { ...row, number };
}

/** Without the fields that were left out: they must not empty the columns' own values. */
const entered = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
