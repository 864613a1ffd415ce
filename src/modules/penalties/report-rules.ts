import { notPassed } from '../cases/index.ts';
import type { LaboratoryReportNote } from '../sources/index.ts';

const refused = (code: string, index: number, params: object = {}) =>
  notPassed('K24', code, [{ field: `reportIds.${index}`, code }], { ...params });

/**
 * The laboratory reports a penalty is to rest on: named where there are any, though it be none of them, and each fit to
 * carry it. What falls short of K24 is a clue only. 422 `penalty.reports_not_named`, `penalty.unknown_report`,
 * `penalty.report_clue_only`.
 */
export function checkReports(
  reports: readonly LaboratoryReportNote[],
  named: readonly string[] | undefined,
): string[] {
  const code = 'penalty.reports_not_named';
  if (named === undefined && reports.length > 0)
    throw notPassed('K24', code, [{ field: 'reportIds', code: 'field.required' }]);
  for (const [index, id] of (named ?? []).entries()) {
    const report = reports.find((one) => one.id === id);
    if (!report) throw refused('penalty.unknown_report', index);
    const { number, clueOnly, shortcomings } = report;
    const reasons = shortcomings.map(({ reason }) => reason).join('');
    if (clueOnly) throw refused('penalty.report_clue_only', index, { number, reasons });
  }
  return [...new Set(named)];
}
