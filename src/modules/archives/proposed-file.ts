import { type Kysely, sql } from 'kysely';
import type { DB } from '../../db/schema.ts';
import type { Ctx } from '../../context.ts';
import type { Line } from './rules.ts';
import type { Volume } from './schemas.ts';

/** As many papers as one file can take. */
const MOST = 1000;

/** Where a paper of a kind is bound; what is not named lies with the papers for the party. */
const PLACES: Record<string, [Volume, number]> = {
  'case-source-registration': ['secondary', 1],
  // It names who reported: it stays out of what the party may see.
  'report-registration': ['secondary', 1],
  'matter-approval': ['main', 7],
  'onsite-record': ['main', 4],
  'sampling-record': ['main', 4],
  'crime-transfer': ['main', 7],
};

type Issued = { kind: string; number: string | null; madeOn: string | null; pages: number };

/** The things of a case that papers and files hang on. */
const THINGS = sql`
  select 'case' as kind, c.id from cases c where c.id = (select id from it)
  union all select 'source', (select source_id from it)
  union all select 'inspection', i.id from inspections i, it where i.case_id = it.id or (i.case_id is null and i.source_id = it.source_id)
  union all select 'sample', s.id from samples s, it where s.case_id = it.id or (s.case_id is null and s.source_id = it.source_id)
  union all select 'measure', m.id from measures m, it where m.case_id = it.id or (m.case_id is null and m.source_id = it.source_id)
  union all select 'transfer', t.id from transfers t, it where t.case_id = it.id`;

/** The papers that were issued as PDFs. */
async function issued(ctx: Ctx, caseId: string): Promise<Line[]> {
  const { rows } = await sql<Issued>`
    with it as (select id, source_id from cases where id = ${caseId}::uuid), things as (${THINGS})
    select d.kind, d.number, d.issued_on as made_on, coalesce(d.pages, 1) as pages
      from documents d join things on things.kind = d.subject_kind and things.id = d.subject_id
      where d.state = 'issued' order by d.issued_on, d.created_at limit ${MOST}`.execute(ctx.db);
  return rows.map(({ kind, ...row }) => {
    const [volume, section] = PLACES[kind] ?? ['main', 3];
    return { ...row, volume, section, title: ctx.papers.templates.get(kind)?.[0]?.titleZh ?? kind };
  });
}

/** What the record of the procedure stands for on paper. */
async function recorded(db: Kysely<DB>, caseId: string): Promise<Line[]> {
  const { rows } = await sql<Line>`
    with it as (select id, source_id from cases where id = ${caseId}::uuid), things as (${THINGS}),
    ours as (select id from penalty_proposals where case_id = ${caseId}::uuid),
    made as (select id from decisions where case_id = ${caseId}::uuid),
    asked as (select d.id from demands d where d.decision_id in (select id from made)),
    lines as (
      select 'main' as volume, 1 as section, '立案审批表' as title, null as number, (decided_at at time zone 'Asia/Shanghai')::date as made_on
        from approvals where subject_id = ${caseId}::uuid and matter = 'case.file' and state = 'approved'
      union all select 'main', 2, case kind when 'penalty' then '行政处罚决定书' when 'no_penalty' then '不予行政处罚决定书' else '行政处理决定书' end, number, decided_on
        from decisions where case_id = ${caseId}::uuid
      union all select 'main', 2, '送达回证：' || paper_title, paper_number, served_on from services where subject_id in (select id from made)
      union all select 'main', 3, '行政处罚告知书', notice_number, served_on from penalty_proposals where case_id = ${caseId}::uuid and served_on is not null
      union all select 'main', 3, '延期（分期）缴纳罚款通知书', null, told_on from payment_plans where decision_id in (select id from made) and told_on is not null
      union all select 'main', 3, '行政处罚决定履行催告书', number, made_on from demands where id in (select id from asked)
      union all select 'main', 3, '送达回证：' || paper_title, paper_number, served_on from services
        where subject_id in (select id from ours) or subject_id in (select id from asked)
      union all select 'main', 4, a.name, null, (a.created_at at time zone 'Asia/Shanghai')::date from attachments a
        join things on things.kind = a.subject_kind and things.id = a.subject_id where a.voided_at is null and things.kind <> 'source'
      union all select 'main', 5, '听证笔录', null, (ended_at at time zone 'Asia/Shanghai')::date from hearings where case_id = ${caseId}::uuid and record is not null
      union all select 'main', 6, '罚没款票据', receipt, paid_on from payments where decision_id in (select id from made) and voided_at is null
      union all select 'main', 7, case kind when 'waiver' then '放弃陈述、申辩、听证声明' else '陈述申辩笔录' end, null, received_on
        from party_statements where case_id = ${caseId}::uuid
      union all select 'main', 7, '行政处罚强制执行申请书', null, applied_on from court_applications where decision_id in (select id from made)
      union all select 'secondary', 2, '案件调查终结报告', null, reported_on from investigation_reports where case_id = ${caseId}::uuid
      union all select 'secondary', 3, case kind when 'legal' then '法制审核意见' else '案件审核意见' end, null, returned_on
        from case_reviews where case_id = ${caseId}::uuid and returned_on is not null
      union all select 'secondary', 4, '听证报告', null, reported_on from hearings where case_id = ${caseId}::uuid and reported_on is not null
      union all select 'secondary', 5, '结案审批表', null, (decided_at at time zone 'Asia/Shanghai')::date
        from approvals where subject_id = ${caseId}::uuid and matter = 'case.close' and state = 'approved'
      union all select 'secondary', 6, '集体讨论记录', null, held_on from discussions where case_id = ${caseId}::uuid
      union all select 'secondary', 6, '行政处理决定审批表', null, (decided_at at time zone 'Asia/Shanghai')::date
        from approvals where subject_id = ${caseId}::uuid and matter = 'penalty.decide' and state = 'approved')
    select *, 1 as pages from lines order by volume, section, made_on nulls last limit ${MOST}`.execute(db);
  return rows;
}

/** The registration of the source, where its paper was never issued. */
async function sourceLine(db: Kysely<DB>, caseId: string): Promise<Line> {
  const source = await db
    .selectFrom('sources')
    .innerJoin('cases', 'cases.sourceId', 'sources.id')
    .select(['sources.number', 'sources.foundOn as madeOn'])
    .where('cases.id', '=', caseId)
    .executeTakeFirstOrThrow();
  return { ...source, volume: 'secondary', section: 1, title: '案件来源登记表', pages: 1 };
}

/** What would be bound now, from the record: the officer adds what there is besides, and counts the pages. */
export async function proposedFile(ctx: Ctx, caseId: string): Promise<Line[]> {
  const [papers, records, source] = [
    await issued(ctx, caseId),
    await recorded(ctx.db, caseId),
    await sourceLine(ctx.db, caseId),
  ];
  const hasSource = papers.some(({ volume, section }) => volume === 'secondary' && section === 1);
  return [...(hasSource ? [] : [source]), ...papers, ...records].slice(0, MOST);
}
