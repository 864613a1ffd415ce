-- Bureaus, people, sessions; the audit trail; corrections and assignments; approvals; attachments.

create table bureaus (
  id uuid primary key,
  area_code text not null,
  name text not null,
  -- 机关代字: stands at the head of every paper number, e.g. 新都
  short_name text not null,
  settings jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  constraint bureaus_area_code_key unique (area_code)
);

create table units (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  kind text not null constraint units_kind_check check (kind in ('station', 'section')),
  name text not null,
  area_codes text[] not null default '{}',
  is_active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint units_name_key unique (bureau_id, name)
);

create table laboratories (
  id uuid primary key,
  name text not null,
  cma_number text,
  cnas_number text,
  valid_from date,
  valid_to date,
  address text,
  phone text,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint laboratories_name_key unique (name)
);

create table roles (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  key text not null,
  name_zh text not null,
  name_en text not null,
  permissions text[] not null,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint roles_key_key unique (bureau_id, key)
);

create table users (
  id uuid primary key,
  -- a laboratory's people belong to no bureau
  bureau_id uuid references bureaus,
  unit_id uuid references units,
  laboratory_id uuid references laboratories,
  login text not null,
  name text not null,
  password_hash text not null,
  role_keys text[] not null,
  -- 执法证: without a valid one nobody signs an on-site act (K1)
  certificate_number text,
  certificate_from date,
  certificate_to date,
  locale text not null default 'zh' constraint users_locale_check check (locale in ('zh', 'en')),
  is_active boolean not null default true,
  must_change_password boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint users_login_key unique (login),
  constraint users_home_check check ((bureau_id is null) <> (laboratory_id is null))
);
create index users_bureau_idx on users (bureau_id, name);
create index users_laboratory_idx on users (laboratory_id, name);

-- Ticks are milliseconds of a monotonic clock: neither the story's clock nor a wrong wall clock ends a session.
create table sessions (
  id uuid primary key,
  token_hash bytea not null,
  csrf_token text not null,
  user_id uuid not null references users,
  started_tick bigint not null,
  seen_tick bigint not null,
  started_at timestamptz not null,
  user_agent text,
  ip text,
  constraint sessions_token_hash_key unique (token_hash)
);
create index sessions_user_idx on sessions (user_id);

create table login_failures (
  id uuid primary key,
  login text not null,
  ip text,
  tick bigint not null
);
create index login_failures_login_idx on login_failures (login, tick);
create index login_failures_ip_idx on login_failures (ip, tick);

create table api_keys (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  name text not null,
  key_hash bytea not null,
  permissions text[] not null,
  created_by uuid not null references users,
  created_at timestamptz not null,
  expires_on date,
  revoked_at timestamptz,
  version integer not null default 1,
  constraint api_keys_hash_key unique (key_hash)
);
create index api_keys_bureau_idx on api_keys (bureau_id, created_at, id);

create table setup_links (
  token_hash bytea primary key,
  created_tick bigint not null,
  created_at timestamptz not null,
  used_at timestamptz
);

create table idempotency_keys (
  actor_id text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (actor_id, route, key)
);
create index idempotency_keys_age_idx on idempotency_keys (created_at);

-- Nothing happens without a trace. The application's role may INSERT and SELECT here, nothing else.
create table audit_entries (
  id bigint generated always as identity primary key,
  -- the writing transaction: only entries older than every open one are sealed
  xid bigint not null default (pg_current_xact_id()::text::bigint),
  bureau_id uuid,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  actor_roles text[] not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  detail jsonb not null,
  request_id text not null
);
create index audit_entries_xid_idx on audit_entries (xid, id);
create index audit_entries_bureau_idx on audit_entries (bureau_id, id);
create index audit_entries_subject_idx on audit_entries (subject_kind, subject_id, id);

create table audit_batches (
  id bigint primary key,
  -- entries of this batch have from_xid <= xid < to_xid and id > after_id (a restored database begins anew)
  after_id bigint not null,
  from_xid bigint not null,
  to_xid bigint not null,
  entry_ids bigint[] not null,
  leaf_hashes bytea not null,
  previous_root bytea,
  root bytea not null,
  sealed_at timestamptz not null,
  constraint audit_batches_root_key unique (root)
);

-- A correction is a new row that names what it corrects and why.
create table corrections (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  subject_kind text not null,
  subject_id uuid not null,
  kind text not null constraint corrections_kind_check check (kind in ('amend', 'void')),
  before jsonb not null,
  after jsonb not null,
  reason text not null,
  at timestamptz not null,
  actor_id text not null
);
create index corrections_subject_idx on corrections (subject_kind, subject_id, at, id);

create table assignments (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  subject_kind text not null,
  subject_id uuid not null,
  kind text not null constraint assignments_kind_check check (kind in ('assign', 'take_over', 'send_back')),
  unit_id uuid references units,
  user_ids uuid[] not null,
  reason text,
  at timestamptz not null,
  actor_id text not null
);
create index assignments_subject_idx on assignments (subject_kind, subject_id, at, id);

-- 审批: a ledger that use cases write to; it moves nothing by itself (#7, #8, #43, #53).
create table approvals (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  matter text not null,
  subject_kind text not null,
  subject_id uuid not null,
  title text not null,
  grounds text not null,
  proposed_by uuid[] not null,
  proposed_at timestamptz not null,
  -- which rank decides: 部门负责人, or the principal head in person (K25)
  decides text not null constraint approvals_decides_check check (decides in ('head', 'principal_head')),
  unit_opinion text,
  unit_by uuid references users,
  unit_at timestamptz,
  state text not null constraint approvals_state_check check (state in ('proposed', 'approved', 'refused', 'withdrawn')),
  opinion text,
  decided_by uuid references users,
  decided_at timestamptz,
  after_the_fact boolean not null default false,
  due_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint approvals_decided_check check ((state in ('approved', 'refused')) = (decided_at is not null)),
  constraint approvals_own_proposal_check check (not (decided_by = any (proposed_by)))
);
create index approvals_waiting_idx on approvals (bureau_id, state, proposed_at, id);
create index approvals_subject_idx on approvals (subject_kind, subject_id, proposed_at, id);

-- One row per content; what it is attached to decides who may read it.
create table files (
  sha256 text primary key,
  size bigint not null,
  media_type text not null,
  created_at timestamptz not null
);

create table attachments (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  sha256 text not null references files,
  subject_kind text not null,
  subject_id uuid not null,
  name text not null,
  note text,
  created_by text not null,
  created_at timestamptz not null,
  version integer not null default 1,
  voided_at timestamptz,
  void_reason text
);
create index attachments_subject_idx on attachments (subject_kind, subject_id, created_at, id);
create index attachments_sha256_idx on attachments (sha256);
