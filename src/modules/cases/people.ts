import { type Kysely, sql } from 'kysely';
import type { DB } from '../../db/schema.ts';

/** Who has played which part in a case, now or ever: none may play another's (K3). */
export type CasePeople = { handlers: Set<string>; reviewers: Set<string>; hosts: Set<string> };

type Part = { part: keyof CasePeople; person: string };

/**
 * The people of a case over its whole history: its officers, also those a correction took off, who verified its source,
 * carried out its measures, made up a transfer's group, proposed anything on it or wrote its reports; who reviewed it;
 * who hosts or records its hearings.
 */
export async function peopleOf(db: Kysely<DB>, caseId: string): Promise<CasePeople> {
  const { rows } = await sql<Part>`
    with c as (select * from cases where id = ${caseId}::uuid),
    said as (
      select before as said from corrections, c where subject_kind = 'case' and subject_id = c.id
      union all select after from corrections, c where subject_kind = 'case' and subject_id = c.id)
    select 'handlers' as part, unnest(officer_ids)::text as person from c
    union select 'handlers', jsonb_array_elements_text(said -> 'officerIds') from said where jsonb_typeof(said -> 'officerIds') = 'array'
    union select 'handlers', unnest(s.verifier_ids)::text from sources s, c where s.id = c.source_id
    union select 'handlers', unnest(m.officer_ids)::text from measures m, c where m.case_id = c.id and m.voided_at is null
    union select 'handlers', unnest(t.group_ids)::text from transfers t, c where t.case_id = c.id and t.voided_at is null
    union select 'handlers', unnest(a.proposed_by)::text from approvals a, c where a.subject_kind = 'case' and a.subject_id = c.id
    union select 'handlers', r.created_by from investigation_reports r, c where r.case_id = c.id
    union select 'reviewers', v.reviewer_id::text from case_reviews v, c where v.case_id = c.id and v.reviewer_id is not null
    union select 'hosts', unnest(array[h.host_id, h.recorder_id] || h.member_ids)::text from hearings h, c
      where h.case_id = c.id and h.host_id is not null`.execute(db);
  const of = (part: keyof CasePeople): Set<string> =>
    new Set(rows.filter((row) => row.part === part).map(({ person }) => person));
  return { handlers: of('handlers'), reviewers: of('reviewers'), hosts: of('hosts') };
}
