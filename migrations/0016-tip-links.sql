-- What an officer said of two tips: one repeats the other, they belong together, or they only look alike. Lines are added,
-- none is changed; of a pair the latest holds.

create table tip_links (
  id uuid primary key,
  seq bigint generated always as identity,
  bureau_id uuid not null references bureaus,
  tip_id uuid not null references tips,
  other_id uuid not null references tips,
  relation text not null constraint tip_links_relation_check check (relation in ('repeat', 'related', 'different')),
  note text,
  actor_id text not null,
  created_at timestamptz not null,
  constraint tip_links_two_check check (tip_id <> other_id)
);

create index tip_links_tip_idx on tip_links (tip_id);
create index tip_links_other_idx on tip_links (other_id);
