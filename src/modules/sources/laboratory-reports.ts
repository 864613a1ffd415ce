import type { Ctx, TxCtx } from '../../context.ts';
import { text } from '../../i18n/index.ts';
import { formatInstant } from '../../shared/clock.ts';
import type { LaboratoryReportNote, Shortcoming } from './schemas.ts';

/** What a report lacked when it was issued, as it is frozen on it. */
export type Lacking = { code: string; article: string };

/** What is lacking, with its sentence in the reader's language. */
export const shortcomingViews = (locale: 'zh' | 'en', lacking: readonly Lacking[]): Shortcoming[] =>
  lacking.map(({ code, article }) => ({ code, article, gate: 'K24', reason: text(locale, code) }));

// A matter with more samples than this is no single matter any more.
const MOST = 200;

/** The reports laboratories issued in a matter, newest first, each with what it lacks to carry a decision (K24). */
export async function laboratoryReportsOf(
  ctx: Ctx | TxCtx,
  sourceId: string | null,
): Promise<LaboratoryReportNote[]> {
  if (sourceId === null) return [];
  const rows = await ctx.db
    .selectFrom('laboratoryReports')
    .innerJoin('samples', 'samples.id', 'laboratoryReports.sampleId')
    .select(['laboratoryReports.id', 'laboratoryReports.number', 'laboratoryReports.laboratoryName'])
    .select(['laboratoryReports.reportedAt', 'laboratoryReports.shortcomings'])
    .select(['samples.id as sampleId', 'samples.number as sampleNumber'])
    .where('samples.sourceId', '=', sourceId)
    .where('samples.voidedAt', 'is', null)
    .where('laboratoryReports.state', '=', 'reported')
    .orderBy('laboratoryReports.reportedAt', 'desc')
    .orderBy('laboratoryReports.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ id, number, laboratoryName, reportedAt, sampleId, sampleNumber, ...row }) => {
    const shortcomings = shortcomingViews(ctx.locale, (row.shortcomings ?? []) as Lacking[]);
    return {
      id,
      number,
      sampleId,
      sampleNumber,
      laboratoryName: laboratoryName ?? '',
      reportedAt: reportedAt ? formatInstant(reportedAt) : null,
      clueOnly: shortcomings.length > 0,
      shortcomings,
    };
  });
}

/**
 * What whoever decides is told of the reports a proposal may lean on: which of them are clues only, and why (K24).
 * Empty, or a paragraph to be put after the grounds; approvals are written in Chinese.
 */
export async function clueOnlyNote(tx: TxCtx, sourceId: string | null): Promise<string> {
  const reports = await laboratoryReportsOf({ ...tx, locale: 'zh' }, sourceId);
  return reports
    .filter(({ clueOnly }) => clueOnly)
    .map(
      ({ number, sampleNumber, shortcomings }) =>
        `\n检验报告${number}（样品${sampleNumber}）：${shortcomings.map(({ reason }) => reason).join('')}`,
    )
    .join('');
}
