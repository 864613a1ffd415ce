import { type Kysely, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { formatInstant } from '../../shared/clock.ts';
import { clocksOf } from '../deadlines/index.ts';
import { caseView, getCaseRow } from './queries.ts';
import type { CaseDetail } from './schemas.ts';
import { seizureAlarms } from './seizure-alarms.ts';

type Db = Kysely<DB>;
type Subject = { kind: string; id: string };
type Part = CaseDetail['samples'][number];

/** The case with everything that hangs on it, in its own bureau's eyes only; 404 otherwise. */
export async function getCase(ctx: Ctx, id: string): Promise<CaseDetail> {
  const row = await getCaseRow(ctx, id);
  const { db } = ctx;
  const [view, source, parts] = await Promise.all([
    caseView(ctx, row),
    sourceOf(db, row.sourceId),
    partsOf(db, id),
  ]);
  const subjects = [
    { kind: 'case', id },
    ...parts.operations.map((part) => ({ kind: 'operation', id: part.id })),
    ...parts.inspections.map((part) => ({ kind: 'inspection', id: part.id })),
    ...parts.samples.map((part) => ({ kind: 'sample', id: part.id })),
    ...parts.measures.map((part) => ({ kind: 'measure', id: part.id })),
    ...parts.clueNotices.map((part) => ({ kind: 'clue_notice', id: part.id })),
    ...parts.transfers.map((part) => ({ kind: 'transfer', id: part.id })),
  ];
  const [clocks, approvals, documents] = await Promise.all([
    clocksOf(db, subjects, ctx.now),
    approvalsOf(db, subjects),
    documentLines(db, subjects),
  ]);
  const alarms = seizureAlarms(clocks, parts, ctx.locale);
  return { ...view, source, alarms, clocks, approvals, documents, ...parts };
}

async function sourceOf(db: Db, id: string): Promise<CaseDetail['source']> {
  return db
    .selectFrom('sources')
    .select(['id', 'number', 'state', 'origin', 'foundOn'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/** `(kind, id) in (…)`; there is always at least the case itself. */
const amongSubjects = (subjects: readonly Subject[]) =>
  sql<boolean>`(subject_kind, subject_id) in (${sql.join(
    subjects.map(({ kind, id }) => sql`(${kind}, ${id}::uuid)`),
  )})`;

async function approvalsOf(db: Db, subjects: readonly Subject[]): Promise<CaseDetail['approvals']> {
  const rows = await db
    .selectFrom('approvals')
    .selectAll()
    .where(amongSubjects(subjects))
    .orderBy('proposedAt')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    matter: row.matter,
    state: row.state,
    title: row.title,
    subject: { kind: row.subjectKind, id: row.subjectId },
    proposedAt: formatInstant(row.proposedAt),
    decidedAt: row.decidedAt === null ? null : formatInstant(row.decidedAt),
    opinion: row.opinion,
    afterTheFact: row.afterTheFact,
  }));
}

async function documentLines(db: Db, subjects: readonly Subject[]): Promise<CaseDetail['documents']> {
  const rows = await db
    .selectFrom('documents')
    .select(['id', 'kind', 'number', 'state', 'issuedOn', 'subjectKind', 'subjectId'])
    .where(amongSubjects(subjects))
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return rows.map(({ subjectKind, subjectId, ...row }) => ({
    ...row,
    subject: { kind: subjectKind, id: subjectId },
  }));
}

type Parts = Pick<
  CaseDetail,
  'operations' | 'inspections' | 'samples' | 'measures' | 'clueNotices' | 'transfers'
>;

/** What rests on the case; a thing that was done for its source before filing is found by the source. */
async function partsOf(db: Db, caseId: string): Promise<Parts> {
  const found = await sql<Part & { part: keyof Parts }>`
    with c as (select id, source_id from cases where id = ${caseId}),
    found as (
      select 'operations' as part, o.id, 'joint' as kind, o.state, o.title, o.created_at
        from operations o, c where (o.case_id = c.id or (o.case_id is null and o.source_id = c.source_id)) and o.voided_at is null
      union all
      select 'inspections', i.id, i.kind, i.state, i.subject_matter, i.created_at
        from inspections i, c where (i.case_id = c.id or (i.case_id is null and i.source_id = c.source_id)) and i.voided_at is null
      union all
      select 'samples', s.id, s.kind, s.state, s.product_name, s.created_at
        from samples s, c where (s.case_id = c.id or (s.case_id is null and s.source_id = c.source_id)) and s.voided_at is null
      union all
      select 'measures', m.id, m.kind, m.state, m.suspected_act, m.created_at
        from measures m, c where (m.case_id = c.id or (m.case_id is null and m.source_id = c.source_id)) and m.voided_at is null
      union all
      select 'clueNotices', n.id, 'clue_notice', n.state, n.recipient, n.created_at
        from clue_notices n, c where (n.case_id = c.id or n.source_id = c.source_id) and n.voided_at is null
      union all
      select 'transfers', t.id, 'transfer', t.state, t.suspected_crime, t.created_at
        from transfers t, c where t.case_id = c.id and t.voided_at is null)
    select part, id, kind, state, title from found order by created_at, id`.execute(db);
  const of = (part: keyof Parts): Part[] =>
    found.rows
      .filter((row) => row.part === part)
      .map(({ id, kind, state, title }) => ({ id, kind, state, title }));
  return {
    operations: of('operations'),
    inspections: of('inspections'),
    samples: of('samples'),
    measures: of('measures'),
    clueNotices: of('clueNotices'),
    transfers: of('transfers'),
  };
}
