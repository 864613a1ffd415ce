-- The working-day calendar, clocks and their history; papers and their counters; divisions and the grid.

-- A year of the calendar as announced; a bureau's own rows (local holidays) lie over the national ones.
create table calendar_years (
  id uuid primary key,
  bureau_id uuid references bureaus,
  year integer not null,
  -- a whole year as announced, or days laid over it (local holidays, emergency duty)
  kind text not null default 'year' constraint calendar_years_kind_check check (kind in ('year', 'overlay')),
  revision integer not null,
  source text not null,
  days jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  constraint calendar_years_key unique nulls not distinct (bureau_id, year, revision)
);

create table clocks (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  rule_id text not null,
  subject_kind text not null,
  subject_id uuid not null,
  -- what set it going: the event's name, its legal day, and the instant where the rule counts hours
  trigger text not null,
  triggered_on date not null,
  triggered_at timestamptz,
  state text not null constraint clocks_state_check check (state in ('running', 'paused', 'met', 'cancelled')),
  raw_on date,
  raw_at timestamptz,
  rolled_on date,
  -- the day the responsible side aims at: null while the calendar of awaiting_year is not loaded
  target_on date,
  awaiting_year integer,
  calendar_version text not null,
  met_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint clocks_met_check check ((state = 'met') = (met_at is not null)),
  constraint clocks_cancelled_check check ((state = 'cancelled') = (cancelled_at is not null))
);
create index clocks_open_idx on clocks (bureau_id, state, target_on, id);
create index clocks_subject_idx on clocks (subject_kind, subject_id);
create index clocks_awaiting_idx on clocks (awaiting_year) where awaiting_year is not null;
-- finds the clocks a changed calendar has not reached yet
create index clocks_calendar_idx on clocks (bureau_id, calendar_version) where state in ('running', 'paused');

create table clock_exclusions (
  id uuid primary key,
  clock_id uuid not null references clocks,
  from_on date not null,
  to_on date,
  ground text not null,
  document_id uuid,
  created_at timestamptz not null,
  actor_id text not null,
  constraint clock_exclusions_range_check check (to_on is null or to_on >= from_on)
);
create index clock_exclusions_clock_idx on clock_exclusions (clock_id);

create table clock_extensions (
  id uuid primary key,
  clock_id uuid not null references clocks,
  value integer not null,
  unit text not null,
  reason text not null,
  approval_id uuid references approvals,
  created_at timestamptz not null,
  actor_id text not null
);
create index clock_extensions_clock_idx on clock_extensions (clock_id);

create table clock_history (
  id bigint generated always as identity primary key,
  clock_id uuid not null references clocks,
  at timestamptz not null,
  actor_id text not null,
  change text not null,
  raw_on date,
  rolled_on date,
  detail jsonb not null
);
create index clock_history_clock_idx on clock_history (clock_id, id);

create table document_counters (
  bureau_id uuid not null references bureaus,
  code text not null,
  year integer not null,
  last integer not null,
  primary key (bureau_id, code, year)
);

create table documents (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  kind text not null,
  template_version integer not null,
  subject_kind text not null,
  subject_id uuid not null,
  state text not null constraint documents_state_check check (state in ('draft', 'issuing', 'issued', 'voided')),
  number text,
  -- the number is that of another paper (an item list carries its decision's): it may stand on several
  number_borrowed boolean not null default false,
  -- the frozen blanks; for a paper that names the reporter they are sealed, and this is empty
  data jsonb not null,
  data_sealed bytea,
  data_key_id text,
  data_alg text,
  substitutions jsonb not null default '{}',
  -- what else the content hash was taken over
  bureau_name text,
  template_digest text,
  content_hash text,
  verify_code text,
  issued_on date,
  issued_at timestamptz,
  -- where the file lies (sealed, where the blanks are), and the hash of the PDF itself
  sha256 text references files,
  file_key_id text,
  file_alg text,
  pdf_sha256 text,
  size integer,
  pages integer,
  voided_at timestamptz,
  void_reason text,
  -- the paper this one replaces: a correction is a new paper that voids the old one
  replaces_id uuid references documents,
  replace_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint documents_verify_code_key unique (verify_code),
  constraint documents_issued_check check (state = 'draft' or content_hash is not null),
  constraint documents_rendered_check check (state <> 'issued' or sha256 is not null),
  constraint documents_sealed_check check ((data_sealed is null) = (data_key_id is null))
);
create unique index documents_number_key on documents (bureau_id, kind, number) where not number_borrowed;
create index documents_subject_idx on documents (subject_kind, subject_id, created_at, id);
create index documents_bureau_idx on documents (bureau_id, created_at, id);
create index documents_issuing_idx on documents (created_at) where state = 'issuing';

-- GB/T 2260 and the street level below it. Codes change: abolished ones stay, with their last year.
create table divisions (
  code text primary key,
  parent_code text,
  level text not null constraint divisions_level_check check (level in ('province', 'city', 'county', 'street')),
  name text not null,
  edition text not null,
  abolished_on date
);
create index divisions_parent_idx on divisions (parent_code, code);

create table grid_areas (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  parent_id uuid references grid_areas,
  level text not null constraint grid_areas_level_check check (level in ('street', 'community', 'grid', 'micro_grid')),
  division_code text,
  name text not null,
  unit_id uuid references units,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint grid_areas_name_key unique nulls not distinct (bureau_id, parent_id, name)
);

create table grid_workers (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  area_id uuid not null references grid_areas,
  user_id uuid not null references users,
  from_on date not null,
  to_on date,
  created_at timestamptz not null
);
create index grid_workers_area_idx on grid_workers (area_id);
