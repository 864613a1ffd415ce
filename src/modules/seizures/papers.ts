import type { Kysely } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { text } from '../../i18n/index.ts';
import type { Day } from '../../shared/clock.ts';
import { RETURN_LAW } from './lifting-rules.ts';
import { ARTICLES } from './rules.ts';
import type { Measure, MeasurePaper, MeasureView } from './schemas.ts';

/** What the papers of a measure hang on. */
export type PaperTies = {
  id: string;
  bureauId: string;
  approvalId: string | null;
  inspectionId: string | null;
  executedAt: Date | null;
};

/** The head's decision a measure rests on. */
type Approval = { state: string; dueAt: Date | null; decidedAt: Date | null } | null;

/** The four papers without which a measure is not lawful (ACL 18, 24): approval, on-site record, decision, list. */
const NEEDED = [
  {
    form: '#8',
    kind: 'matter-approval',
    subjectKind: 'approval',
    about: 'approvalId',
    article: ARTICLES.approval,
  },
  {
    form: '#9',
    kind: 'onsite-record',
    subjectKind: 'inspection',
    about: 'inspectionId',
    article: ARTICLES.record,
  },
  { form: '#21', kind: 'measure-decision', subjectKind: 'measure', about: 'id', article: ARTICLES.papers },
  { form: '#24', kind: 'item-list', subjectKind: 'measure', about: 'id', article: ARTICLES.papers },
] as const;

/** From when on a paper of each form says what it must: #8 the decision, #9 what was told and done. Null: never yet. */
async function tellingFrom(
  db: Kysely<DB>,
  { executedAt, inspectionId }: PaperTies,
  approval: Approval,
): Promise<Record<string, Date | null>> {
  const record = await db
    .selectFrom('inspections')
    .select('measuresTold')
    .where('id', '=', inspectionId)
    .executeTakeFirst();
  return {
    '#8': approval?.state === 'approved' ? approval.decidedAt : null,
    '#9': record?.measuresTold ? executedAt : null,
    '#21': executedAt,
    '#24': executedAt,
  };
}

/**
 * Which of the four papers of a measure are issued, the newest of each: one issued before what it must tell had happened
 * does not count.
 */
export async function papersOf(db: Kysely<DB>, ties: PaperTies, approval: Approval): Promise<MeasurePaper[]> {
  const from = await tellingFrom(db, ties, approval);
  const subjects = NEEDED.flatMap(({ about }) => ties[about] ?? []);
  const issued = await db
    .selectFrom('documents')
    .select(['id', 'kind', 'number', 'state', 'subjectId', 'subjectKind', 'issuedAt'])
    .where('bureauId', '=', ties.bureauId)
    .where('subjectId', 'in', subjects)
    .where(
      'kind',
      'in',
      NEEDED.map(({ kind }) => kind),
    )
    .where('state', 'in', ['issuing', 'issued'])
    .orderBy('issuedAt', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return NEEDED.map(({ form, kind, subjectKind, about, article }) => {
    const since = from[form] ?? null;
    const found = issued
      .filter((paper) => paper.kind === kind && paper.subjectKind === subjectKind)
      .filter((paper) => paper.subjectId === ties[about])
      .find(({ issuedAt }) => since !== null && issuedAt !== null && issuedAt >= since);
    const state = found === undefined ? 'missing' : found.state === 'issued' ? 'issued' : 'issuing';
    return { form, kind, documentId: found?.id ?? null, number: found?.number ?? null, state, article };
  });
}

type Standing = {
  row: Measure;
  papers: readonly MeasurePaper[];
  approval: Approval;
  /** When the time of its case ends. */
  caseEndsOn: Day | null;
  /** Lines that are let go and still in the house. */
  toReturn: number;
};

type Alarm = MeasureView['alarms'][number];

/** Which of the papers are not issued yet, by the number of their form. */
const missingOf = (papers: readonly MeasurePaper[]): string[] =>
  papers.filter((paper) => paper.documentId === null).map((paper) => paper.form);

const isLate = (approval: Approval, now: Date): boolean =>
  approval?.dueAt ? (approval.decidedAt ?? now) > approval.dueAt : false;

/**
 * The days do not wait for the case: what is still held on the last one must be decided on, lengthened or given back,
 * though the case may run on.
 */
const endsFirst = (row: Measure, caseEndsOn: Day | null): boolean =>
  row.state === 'in_force' &&
  row.holding > 0 &&
  !row.expired &&
  row.endsOn !== null &&
  caseEndsOn !== null &&
  row.endsOn < caseEndsOn;

/**
 * What must be said loudly: papers missing, the last day past, a last day inside the time of the case, an urgent
 * measure not approved in its 24 hours.
 */
export function alarmsOf(
  ctx: Ctx | TxCtx,
  { row, papers, approval, caseEndsOn, toReturn }: Standing,
): Alarm[] {
  const missing = missingOf(papers);
  const causes: [boolean, string, Omit<Alarm, 'code' | 'reason'>, Record<string, unknown>?][] = [
    [
      row.state === 'in_force' && missing.length > 0,
      'measure.papers_missing',
      { gate: 'K17', article: ARTICLES.papers },
      { missing },
    ],
    [toReturn > 0, 'measure.not_returned', RETURN_LAW, { lines: toReturn }],
    [row.expired, 'measure.must_release', { gate: null, article: ARTICLES.release }, { day: row.endsOn }],
    [
      endsFirst(row, caseEndsOn),
      'measure.ends_first',
      { gate: null, article: ARTICLES.period },
      { day: row.endsOn, caseDay: caseEndsOn },
    ],
    [isLate(approval, ctx.now), 'measure.approval_overdue', { gate: 'K17', article: ARTICLES.approval }],
  ];
  return causes
    .filter(([isSo]) => isSo)
    .map(([, code, basis, params]) => ({ code, reason: text(ctx.locale, code, params), ...basis }));
}
