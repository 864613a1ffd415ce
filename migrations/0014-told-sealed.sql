-- What a reporter was told, and why it did not reach him, names him: it is sealed as his own data is. What was kept
-- before stays readable as it is, until a job has sealed it.
alter table told add column arrived boolean;
update told set arrived = failed_reason is null;
alter table told alter column arrived set not null;

alter table told alter column content drop not null;
alter table told add column sealed bytea;
alter table told add column key_id text;
alter table told add column alg text;
alter table told add constraint told_sealed_check check (
  case when sealed is null
    then content is not null and key_id is null and alg is null
    else key_id is not null and alg is not null and content is null and failed_reason is null
  end);
create index told_plain_idx on told (bureau_id) where sealed is null;
