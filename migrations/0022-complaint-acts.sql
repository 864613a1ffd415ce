-- The acts of a complaint before it is accepted: proof of identity asked for and supplied, withdrawn, forwarded.

alter table tips
  add column forwarded_to text,
  -- 请将处理结果于……前报告: where a lower bureau is to say what came of it
  add column report_by date,
  add column end_reason text,
  add constraint tips_forwarded_check check (state <> 'forwarded' or forwarded_to is not null);

create table identity_requests (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  tip_id uuid not null references tips,
  asked_on date not null,
  due_on date not null,
  material text not null,
  supplied_on date,
  supplied text,
  actor_id text not null,
  created_at timestamptz not null,
  constraint identity_requests_due_check check (due_on >= asked_on),
  constraint identity_requests_supplied_check check ((supplied_on is null) = (supplied is null))
);
create index identity_requests_tip_idx on identity_requests (tip_id, created_at, id);
