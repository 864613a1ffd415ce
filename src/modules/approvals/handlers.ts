import { sql } from 'kysely';

/** The case a subject belongs to: a measure's, a transfer's, a clue notice's, or itself. */
const caseOf = sql`
  select case_id from measures where id = approvals.subject_id
  union all select case_id from transfers where id = approvals.subject_id
  union all select case_id from clue_notices where id = approvals.subject_id
  union all select id from cases where id = approvals.subject_id`;

/** The source it came from, directly or by its case. */
const sourceOf = sql`
  select source_id from measures where id = approvals.subject_id
  union all select source_id from clue_notices where id = approvals.subject_id
  union all select id from sources where id = approvals.subject_id
  union all select source_id from cases where id in (select case_id from case_of)`;

/** The subject, its case and its source. */
const matters = sql`
  select approvals.subject_kind as kind, approvals.subject_id as id
  union select 'case', case_id from case_of where case_id is not null
  union select 'source', source_id from source_of where source_id is not null`;

/** Where corrections and the trail name the people of a matter; a source's trail has who verified before and after. */
const PEOPLE = ['officerIds', 'verifierIds', 'groupIds', 'before', 'after'];

const written = sql`
  select before as said from corrections c, matters m where c.subject_kind = m.kind and c.subject_id = m.id
  union all select after from corrections c, matters m where c.subject_kind = m.kind and c.subject_id = m.id
  union all select detail from audit_entries a, matters m where a.subject_kind = m.kind and a.subject_id = m.id::text`;

/** Who is on it now, and who proposed anything on it. */
const named = sql`
  select unnest(proposed_by)::text as handler
    from approvals e, matters m where e.subject_kind = m.kind and e.subject_id = m.id
  union select unnest(officer_ids)::text from cases where id in (select id from matters)
  union select unnest(officer_ids)::text from measures where id in (select id from matters)
  union select unnest(group_ids)::text from transfers where id in (select id from matters)
  union select unnest(verifier_ids)::text from sources where id in (select id from matters)`;

/**
 * Everybody who handles or has ever handled what a proposal is on — its subject, its case, its source — as a proposer,
 * officer, verifier or member of the task group, also where a correction has taken him off since: none of them gives
 * the opinion or decides. To be selected from `approvals`.
 */
export const handlers = sql<string[]>`array(
  with case_of as (${caseOf}), source_of as (${sourceOf}), matters as (${matters}), written as (${written})
  ${named}
  union select person #>> '{}' from written, unnest(${PEOPLE}::text[]) as key,
    jsonb_path_query(written.said -> key, '$[*]') as person where jsonb_typeof(person) = 'string')`;
