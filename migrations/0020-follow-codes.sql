-- What the public sent in by itself: the code it follows its matter with, kept as a keyed hash, and the form it came on.

create table follow_codes (
  tip_id uuid primary key references tips,
  bureau_id uuid not null references bureaus,
  code_key bytea not null,
  -- one page of the form gives one tip, however often it is sent
  form_id uuid not null constraint follow_codes_form_key unique,
  created_at timestamptz not null
);

-- Whether another paper took its place.
create index documents_replaces_idx on documents (replaces_id) where replaces_id is not null;
