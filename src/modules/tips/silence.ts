import { type Ctx, type DomainEvent, inTx, type TxCtx } from '../../context.ts';
import { isOwnOnly } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import type { HistoryView } from '../records/index.ts';
import { audit, type TraceLeft } from '../audit/index.ts';
import { ownRow, ownView } from './own.ts';
import { reportersBehind, type Respondent } from './matters.ts';
import { maskingOf, type Masking, namesReporter } from './particulars.ts';
import { articleOf } from './rules.ts';
import type { TipRow, TipView } from './schemas.ts';
import type { Reporter } from './rules.ts';
import { findReporter, openReporter, type TipRecord } from './store.ts';

/** Who was there is written down as he is called, whoever he is; where he lives is not. */
const PRESENT = /(^|\.)(people\.\d+\.name|witnessName|witness|partyPresent|receiver)$/;

type Subject = TraceLeft['subject'];

type Said = { subject: Subject; known: readonly Known[]; texts: Record<string, string> };

/**
 * 422 `tip.names_reporter`, each field named, where one of the texts gives one of the reporters away. The refusal tells
 * that a guess was right: it stays in the trail, who tried where, not what.
 */
function requireSilent(tx: TxCtx, { subject, known, texts }: Said): void {
  const errors = Object.entries(texts)
    .filter(([field, text]) =>
      known.some(({ reporter, respondent }) =>
        namesReporter(text, reporter, respondent).some((said) => said !== 'name' || !PRESENT.test(field)),
      ),
    )
    .map(([field]) => ({ field, code: 'tip.names_reporter' }));
  if (errors.length === 0) return;
  const detail = { fields: errors.map(({ field }) => field) };
  tx.afterRollback((ctx) =>
    inTx(ctx, (own) => audit(own, { action: 'tip.names_reporter', subject, detail })),
  );
  throw unprocessable('tip.names_reporter', { article: articleOf('silence', dayOf(tx.now)) }, errors);
}

type Known = { reporter: Reporter; respondent: Respondent };

/** 422 `tip.names_reporter` where a text that leaves the tip gives the reporter away. */
export async function requireSilence(
  tx: TxCtx,
  tip: Pick<TipRecord, 'id' | 'reporterId' | 'respondentName' | 'respondentAddress'>,
  texts: Record<string, string | null | undefined>,
): Promise<void> {
  const found = await findReporter(tx, tip);
  if (!found) return;
  const known = [{ reporter: found.reporter, respondent: tip }];
  requireSilent(tx, { subject: { kind: 'tip', id: tip.id }, known, texts: textsIn(texts) });
}

/**
 * Whatever is written into a source, a case, or what hangs on one is read by those who may not know who reported, and
 * leaves the house: it names no reporter of a tip behind it (Order 121 art. 37, FSL 115). Asked wherever a change leaves
 * its trace, so that no act is forgotten. What a tip keeps of itself is masked for its readers instead.
 */
export async function onTraceLeft(tx: TxCtx, event: DomainEvent): Promise<void> {
  if (tx.said === null) return;
  const { action, subject } = event as TraceLeft;
  if (OWN_WORDS.test(action)) return;
  const texts = textsIn(tx.said);
  if (Object.keys(texts).length === 0) return;
  const rows = await reportersBehind(tx, subject);
  const known = rows.map((row) => ({ reporter: openReporter(tx.vault, row), respondent: row }));
  requireSilent(tx, { subject, known, texts });
}

/** What a tip and its mediation keep of themselves is masked for their readers. */
const OWN_WORDS = /^(tip|mediation)\./;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every text in a body by its path (`lines.0.reason`), however deep it lies. */
function textsIn(value: unknown, path = ''): Record<string, string> {
  if (typeof value === 'string') return UUID.test(value) ? {} : { [path]: value };
  if (typeof value !== 'object' || value === null) return {};
  const parts = Object.entries(value).map(([key, part]) =>
    textsIn(part, path === '' ? key : `${path}.${key}`),
  );
  return Object.assign({}, ...parts) as Record<string, string>;
}

/** Whether the actor may know who reported: then texts are shown to him as they were entered. */
export const mayKnow = (ctx: Ctx | TxCtx): boolean => ctx.actor.permissions.has('tip.look_at_reporter');

const asEntered: Masking = (text) => text;

/** How the texts of each of these tips read for the actor; one query for all of them. */
async function maskings(ctx: Ctx | TxCtx, tipIds: readonly string[]): Promise<(id: string) => Masking> {
  if ((mayKnow(ctx) && !ctx.leaves) || tipIds.length === 0) return () => asEntered;
  const rows = await ctx.db
    .selectFrom('tips')
    .innerJoin('reporters', 'reporters.id', 'tips.reporterId')
    .select(['tips.id', 'tips.respondentName', 'tips.respondentAddress'])
    .select(['reporters.sealed', 'reporters.keyId', 'reporters.alg'])
    .where('tips.id', 'in', tipIds)
    .execute();
  const byTip = new Map(rows.map((row) => [row.id, maskingOf(openReporter(ctx.vault, row), row)]));
  return (id) => byTip.get(id) ?? asEntered;
}

/** How the texts of one tip, and of what is done with it, read for the actor. */
export const maskingFor = async (ctx: Ctx | TxCtx, id: string): Promise<Masking> =>
  (await maskings(ctx, [id]))(id);

/** A tip as the actor may read it: what its texts say of the reporter is masked unless he may know. */
export async function viewForReader(ctx: Ctx | TxCtx, view: TipView): Promise<TipView> {
  const mask = await maskingFor(ctx, view.id);
  const shown = isOwnOnly(ctx.actor, 'tip') ? ownView(view) : view;
  return {
    ...shown,
    narrative: mask(view.narrative),
    demand: mask(view.demand),
    productName: mask(view.productName),
    brand: mask(view.brand),
    batchNo: mask(view.batchNo),
    boughtAt: mask(view.boughtAt),
    platform: mask(view.platform),
    orderNo: mask(view.orderNo),
    voidReason: mask(view.voidReason),
    endReason: mask(shown.endReason),
    identityRequests: shown.identityRequests.map((asked) => ({
      ...asked,
      material: mask(asked.material),
      supplied: mask(asked.supplied),
    })),
    refusal: shown.refusal && { ...shown.refusal, reasons: mask(shown.refusal.reasons) },
    outsideNumbers: view.outsideNumbers.map((entry) => ({ ...entry, theirState: mask(entry.theirState) })),
  };
}

const SUMMARY_LENGTH = 80;

/** As `viewForReader`, for the rows of a list; their summaries are cut after masking, lest half a name stay. */
export async function rowsForReader(ctx: Ctx | TxCtx, rows: readonly TipRow[]): Promise<TipRow[]> {
  const maskOf = await maskings(
    ctx,
    rows.map(({ id }) => id),
  );
  const shown = isOwnOnly(ctx.actor, 'tip') ? rows.map(ownRow) : rows;
  return shown.map((row) => ({
    ...row,
    productName: maskOf(row.id)(row.productName),
    summary: Array.from(maskOf(row.id)(row.summary)).slice(0, SUMMARY_LENGTH).join(''),
  }));
}

/** As `viewForReader`, for what was corrected in a tip, by whom and why. */
export async function historyForReader(ctx: Ctx, id: string, lines: HistoryView[]): Promise<HistoryView[]> {
  const mask = await maskingFor(ctx, id);
  return lines.map((line) =>
    // The trail itself holds no free text of a tip.
    line.source === 'audit' ? line : { ...line, detail: maskedDeep(line.detail, mask) },
  );
}

function maskedDeep<T extends Record<string, unknown>>(value: T, mask: Masking): T {
  const entries = Object.entries(value).map(([key, inner]) => [key, maskedValue(inner, mask)]);
  return Object.fromEntries(entries) as T;
}

function maskedValue(value: unknown, mask: Masking): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return maskedDeep(value as Record<string, unknown>, mask);
}
