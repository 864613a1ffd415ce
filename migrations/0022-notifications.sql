-- What people are told inside the product: one row a person and a happening, no word of it but the kind and its ids,
-- days and rules; the sentence is made when it is read.
create table notifications (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  user_id uuid not null references users,
  kind text not null constraint notifications_kind_check check (kind in (
    'approval.waiting', 'approval.decided', 'record.assigned', 'clock.due_soon', 'clock.overdue', 'clock.escalated',
    'measure.expires', 'measure.expired', 'calendar.awaited')),
  -- what it is about, and where a click leads
  subject_kind text not null,
  subject_id uuid not null,
  params jsonb not null,
  -- what it was said of (a proposal, a clock, a record): a later word on it takes the place of an earlier one
  topic text not null,
  -- the happening: said to each person once, however often it is tried
  event_key text not null,
  created_at timestamptz not null,
  -- which transaction wrote it: what had not been committed when a list was read was not seen in it
  written_in xid8 not null,
  read_at timestamptz,
  constraint notifications_event_key unique (user_id, event_key)
);
create index notifications_inbox_idx on notifications (bureau_id, user_id, created_at desc, id desc);
create index notifications_unread_idx on notifications (bureau_id, user_id, created_at desc, id desc) where read_at is null;
create index notifications_topic_idx on notifications (topic) where read_at is null;
create index notifications_read_idx on notifications (bureau_id, read_at) where read_at is not null;
