-- The workbench asks for the open clocks of a person and of a unit: each clock carries who has its thing.
alter table clocks
  add column assigned_unit_id uuid references units,
  add column assigned_user_ids uuid[] not null default '{}';
update clocks set assigned_unit_id = t.assigned_unit_id, assigned_user_ids = t.assigned_user_ids
from (
  select 'tip' as kind, id, assigned_unit_id, assigned_user_ids from tips
  union all select 'source', id, assigned_unit_id, assigned_user_ids from sources
  union all select 'case', id, assigned_unit_id, assigned_user_ids from cases
  union all select 'inspection', id, assigned_unit_id, assigned_user_ids from inspections
  union all select 'operation', id, assigned_unit_id, assigned_user_ids from operations
  union all select 'sample', id, assigned_unit_id, assigned_user_ids from samples
  union all select 'measure', id, assigned_unit_id, assigned_user_ids from measures
  union all select 'clue_notice', id, assigned_unit_id, assigned_user_ids from clue_notices
  union all select 'transfer', id, assigned_unit_id, assigned_user_ids from transfers) t
where clocks.subject_kind = t.kind and clocks.subject_id = t.id;

create index clocks_person_idx on clocks using gin (assigned_user_ids)
  where state in ('running', 'paused') and assigned_user_ids <> '{}';
create index clocks_unit_idx on clocks (bureau_id, assigned_unit_id, target_on, id) include (ends_at, state)
  where state in ('running', 'paused');
create index clocks_unassigned_idx on clocks (bureau_id, assigned_unit_id, target_on, id) include (ends_at, state)
  where state in ('running', 'paused') and assigned_user_ids = '{}';
create index documents_drafts_idx on documents (created_by, created_at) where state = 'draft';
create index approvals_proposer_idx on approvals using gin (proposed_by);
