import type { TxCtx } from '../../context.ts';
import { type Day, dayOf, formatInstant, parseInstant } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay, pastInstant } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { moveTrigger } from '../deadlines/index.ts';
import { recordCorrection } from '../records/index.ts';
import { followTipDay } from '../sources/index.ts';
import { checkCompetentOn } from './rules.ts';
import { type TipRecord, updateTip } from './store.ts';

/** When a tip came in: to the intake desk, and to the bureau with handling power. */
export type Receipt = Pick<TipRecord, 'receivedAt' | 'competentOn'>;

/**
 * Who corrects the time of receipt alone corrects the competent day with it, where it was the day of receipt: he
 * who knows it was another one says so.
 */
export function impliedCompetentOn(
  was: Receipt,
  changes: { receivedAt?: unknown; competentOn?: unknown },
): { competentOn?: Day } {
  const { receivedAt, competentOn } = changes;
  if (typeof receivedAt !== 'string' || competentOn !== undefined) return {};
  return was.competentOn === dayOf(was.receivedAt) ? { competentOn: dayOf(parseInstant(receivedAt)) } : {};
}

/**
 * A corrected receipt moves all that hangs on it: C01, the source opened from the tip with its R01, and the other half
 * of a split letter, as far as they had the same day. Neither a concluded source nor an issued paper hinders it: the
 * record tells what was, a met clock stays met and may now have been met too late. 422 `field.future`,
 * `tip.competent_before_received`, `tip.received_after_act`, `source.found_after_registered`.
 */
export async function followReceipt(tx: TxCtx, was: TipRecord, is: TipRecord): Promise<void> {
  if (isSame(was, is)) return;
  await checkReceipt(tx, is);
  if (was.competentOn !== is.competentOn) await moveDays(tx, is, was.competentOn);
  await followOtherHalf(tx, was, is);
}

const isSame = (was: Receipt, is: Receipt): boolean =>
  was.competentOn === is.competentOn && was.receivedAt.getTime() === is.receivedAt.getTime();

async function checkReceipt(tx: TxCtx, tip: TipRecord): Promise<void> {
  const { receivedAt, competentOn, decidedOn } = tip;
  pastInstant(formatInstant(receivedAt), tx.now, 'changes.receivedAt');
  pastDay(competentOn, tx.now, 'changes.competentOn');
  checkCompetentOn(competentOn, dayOf(receivedAt));
  if (decidedOn !== null && competentOn > decidedOn) throw afterAct('changes.competentOn', decidedOn);
  const { first } = await tx.db
    .selectFrom('told')
    .select((eb) => eb.fn.min<Date | null>('toldAt').as('first'))
    .where('tipId', '=', tip.id)
    .executeTakeFirstOrThrow();
  if (first && receivedAt > first) throw afterAct('changes.receivedAt', formatInstant(first));
}

/** Nothing is decided on, or said of, what has not come in yet. */
function afterAct(field: string, act: string) {
  const code = 'tip.received_after_act';
  return unprocessable(code, { act }, [{ field, code, params: { act } }]);
}

async function moveDays(tx: TxCtx, tip: TipRecord, from: Day): Promise<void> {
  const { id, number, competentOn } = tip;
  const subject = { kind: 'tip', id };
  await moveTrigger(tx, { rule: 'C01', subject, on: competentOn, reason: 'tip.amend' });
  await followTipDay(tx, { tipId: id, tipNumber: number, from, to: competentOn });
}

async function followOtherHalf(tx: TxCtx, was: TipRecord, is: TipRecord): Promise<void> {
  const other = await tx.db
    .selectFrom('tips')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', is.splitFrom), eb('splitFrom', '=', is.id)]))
    .where('bureauId', '=', is.bureauId)
    .where('voidedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!other) return;
  const then = followed(other, was, is);
  if (isSame(other, then)) return;
  await checkReceipt(tx, then);
  await updateTip(tx, other, { receivedAt: then.receivedAt, competentOn: then.competentOn });
  const subject = { kind: 'tip', id: other.id };
  await recordCorrection(tx, {
    subject,
    kind: 'amend',
    before: shown(other),
    after: shown(then),
    reason: `${is.number}的收到日期已更正`,
  });
  if (other.competentOn !== then.competentOn) await moveDays(tx, then, other.competentOn);
  const fields = ['receivedAt', 'competentOn'];
  await audit(tx, { action: 'tip.amend', subject, detail: { fields, followed: { tipId: is.id } } });
}

/** The other half as the same letter makes it; a day that was corrected there by itself stays. */
const followed = (other: TipRecord, was: TipRecord, is: TipRecord): TipRecord => ({
  ...other,
  receivedAt: other.receivedAt.getTime() === was.receivedAt.getTime() ? is.receivedAt : other.receivedAt,
  competentOn: other.competentOn === was.competentOn ? is.competentOn : other.competentOn,
});

const shown = ({ receivedAt, competentOn }: Receipt) => ({
  receivedAt: formatInstant(receivedAt),
  competentOn,
});
