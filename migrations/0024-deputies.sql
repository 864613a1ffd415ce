-- Who decides in a head's place between two days. What only the principal head may decide in person (K25) is never
-- handed on, and nobody hands on what he holds for another.
create table deputies (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  head_id uuid not null references users,
  deputy_id uuid not null references users,
  from_on date not null,
  to_on date not null,
  reason text not null,
  ended_at timestamptz,
  ended_reason text,
  created_by uuid not null references users,
  created_at timestamptz not null,
  version integer not null default 1,
  constraint deputies_days_check check (from_on <= to_on),
  constraint deputies_another_check check (head_id <> deputy_id),
  constraint deputies_ended_check check ((ended_at is null) = (ended_reason is null))
);
create index deputies_deputy_idx on deputies (deputy_id, to_on) where ended_at is null;
create index deputies_bureau_idx on deputies (bureau_id, created_at desc, id desc);

-- In whose place an opinion was given or a decision made.
alter table approvals
  add column unit_for uuid references users,
  add column decided_for uuid references users;
