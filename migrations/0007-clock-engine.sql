-- Clocks that tell when they end for whom, are marked when they have, and whose every part can be taken back.

alter table clocks
  -- the last instant that counts: of a bureau's duty and of a power the end of raw_on, for everybody else that of
  -- rolled_on, of a limit in hours raw_at; null while it is not known
  add column ends_at timestamptz,
  -- when it was seen to have run out
  add column overdue_at timestamptz,
  -- the smallest distance in days at which it was reminded of, and the greatest at which the head was told
  add column reminded integer,
  add column escalated integer,
  -- the clock it began anew from (Order 121 art. 35(2))
  add column restart_of uuid references clocks,
  add constraint clocks_overdue_check check (overdue_at is null or ends_at is not null);
create index clocks_ending_idx on clocks (ends_at, id) where state = 'running' and overdue_at is null;
create index clocks_overdue_idx on clocks (bureau_id, ends_at) where state = 'running' and overdue_at is not null;
-- every open clock is counted anew by the job that follows a changed calendar
update clocks set calendar_version = '' where state in ('running', 'paused');
-- what was met stays judged by the day it was judged by
update clocks set ends_at = coalesce(raw_at,
  (coalesce(case when rule_id like 'S%' then raw_on else rolled_on end, raw_on) + 1)::timestamp
    at time zone 'Asia/Shanghai' - interval '1 millisecond')
where state = 'met';

alter table clock_exclusions
  add column cause text constraint clock_exclusions_cause_check check (cause in
    ('testing', 'appraisal', 'identification', 'hearing', 'public_notice', 'suspension', 'refund', 'force_majeure',
     'consultation')),
  -- the thing that took the time out by itself: a sample, a hearing, a notice
  add column origin_kind text,
  add column origin_id uuid,
  add column resume_document_id uuid,
  add column removed_at timestamptz,
  add column removed_by text,
  add column remove_reason text,
  add constraint clock_exclusions_origin_check check ((origin_kind is null) = (origin_id is null)),
  add constraint clock_exclusions_removed_check check ((removed_at is null) = (remove_reason is null));
update clock_exclusions set cause = 'testing';
alter table clock_exclusions alter column cause set not null;
create index clock_exclusions_origin_idx on clock_exclusions (origin_kind, origin_id) where origin_id is not null;

alter table clock_extensions
  add column document_id uuid,
  add column removed_at timestamptz,
  add column removed_by text,
  add column remove_reason text,
  add constraint clock_extensions_removed_check check ((removed_at is null) = (remove_reason is null));

-- What a head is asked to lengthen, and by how much.
create table clock_extension_requests (
  approval_id uuid primary key references approvals,
  clock_id uuid not null references clocks,
  value integer not null,
  unit text not null,
  reason text not null,
  document_id uuid,
  created_at timestamptz not null
);
create index clock_extension_requests_clock_idx on clock_extension_requests (clock_id);

-- which import moved it
alter table clock_history add column calendar_year_id uuid references calendar_years;
create index clock_history_calendar_idx on clock_history (calendar_year_id, id) where calendar_year_id is not null;
