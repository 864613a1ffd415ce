import type { TxCtx } from '../../context.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { isQualified } from '../laboratories/index.ts';
import type { Lacking } from '../sources/index.ts';
import type { ReportView } from './report-schemas.ts';
import { type Fitness, shortcomingsOf } from './rules.ts';
import type { ReportRow, SampleRow } from './store.ts';

/** Who tested, under which marks, and what the report lacks to carry a decision (K24). */
export type Marks = { laboratory: ReportView['laboratory']; shortcomings: readonly Lacking[] };

type Laboratory = {
  laboratoryName: string | null;
  cmaNumber: string | null;
  cnasNumber: string | null;
  validFrom: Day | null;
  validTo: Day | null;
};

type Tested = Omit<Fitness, 'qualified'> & { report: Pick<ReportRow, 'testedTo' | 'enteredAt'> };

/** The marks of a report as its laboratory stands now, held against the day of the test. */
export function marksOf(
  { laboratoryName, cmaNumber, cnasNumber, validFrom, validTo }: Laboratory,
  { report, methods, sealsIntact }: Tested,
): Marks {
  const testedOn = report.testedTo ?? dayOf(report.enteredAt);
  const qualified = isQualified({ cmaNumber, validFrom, validTo }, testedOn);
  return {
    laboratory: { name: laboratoryName ?? '', cmaNumber, cnasNumber, validFrom, validTo },
    shortcomings: shortcomingsOf({ qualified, sealsIntact, methods }),
  };
}

/** The marks an issued report was issued under; null where it is not issued yet. */
export function frozenMarks({ laboratoryName, shortcomings, ...report }: ReportRow): Marks | null {
  if (laboratoryName === null || shortcomings === null) return null;
  const { cmaNumber, cnasNumber, markFrom: validFrom, markTo: validTo } = report;
  return {
    laboratory: { name: laboratoryName, cmaNumber, cnasNumber, validFrom, validTo },
    shortcomings: shortcomings as unknown as Lacking[],
  };
}

/** What is frozen on a report as it is issued: what the laboratory becomes later does not touch it. */
export async function freezeMarks(tx: TxCtx, sample: SampleRow, report: ReportRow) {
  const laboratory = await tx.db
    .selectFrom('laboratories')
    .select(['name as laboratoryName', 'cmaNumber', 'cnasNumber', 'validFrom', 'validTo'])
    .where('id', '=', report.laboratoryId)
    .forShare()
    .executeTakeFirstOrThrow();
  const methods = await tx.db
    .selectFrom('laboratoryResults')
    .select(['methodStatus', 'methodConsent'])
    .where('reportId', '=', report.id)
    .execute();
  const broken = await tx.db
    .selectFrom('sampleCustody')
    .select('id')
    .where('sampleId', '=', sample.id)
    .where('sealIntact', '=', false)
    .limit(1)
    .executeTakeFirst();
  const { shortcomings } = marksOf(laboratory, { report, methods, sealsIntact: broken === undefined });
  const { validFrom: markFrom, validTo: markTo, ...marks } = laboratory;
  return { ...marks, markFrom, markTo, shortcomings: JSON.stringify(shortcomings) };
}
