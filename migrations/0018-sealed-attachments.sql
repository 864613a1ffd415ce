-- What hangs on a tip, or was marked confidential, may show who reported: its content is sealed in the store, its name,
-- note and hash in the row. What was kept before stays readable as it is, until a job has sealed it.
alter table files add column key_id text;
alter table files add column alg text;
-- keyed hash of bureau, type and content: kept once within its bureau, and nobody can ask whether a content is there
alter table files add column content_key bytea constraint files_content_key unique;
alter table files add constraint files_sealed_check check (num_nonnulls(key_id, alg, content_key) in (0, 3));

alter table attachments add column is_confidential boolean not null default false;
update attachments set is_confidential = true where subject_kind = 'tip';
alter table attachments alter column name drop not null;
alter table attachments add column sealed bytea;
alter table attachments add column key_id text;
alter table attachments add column alg text;
alter table attachments add constraint attachments_sealed_check check (
  case when sealed is null
    then name is not null and key_id is null and alg is null
    else is_confidential and key_id is not null and alg is not null and name is null and note is null
  end);
create index attachments_plain_idx on attachments (created_at) where is_confidential and sealed is null;
