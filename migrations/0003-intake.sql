-- Parties, tips with their reporters kept apart, case sources.

create table parties (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  kind text not null constraint parties_kind_check check (kind in ('company', 'sole_trader', 'person')),
  name text not null,
  -- folded for matching: width, brackets, spaces
  name_key text not null,
  certificate_name text,
  uscc text,
  food_licence text,
  id_key bytea,
  id_sealed bytea,
  id_key_id text,
  id_alg text,
  representative text,
  address text,
  division_code text,
  phone text,
  other_contact text,
  aliases text[] not null default '{}',
  -- as name_key, one per alias
  alias_keys text[] not null default '{}',
  merged_into uuid references parties,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);
create unique index parties_uscc_key on parties (bureau_id, uscc)
  where uscc is not null and voided_at is null and merged_into is null;
create index parties_name_idx on parties (bureau_id, name_key);
create index parties_list_idx on parties (bureau_id, created_at, id);
create index parties_id_idx on parties (bureau_id, id_key) where id_key is not null;

-- 举报人/投诉人: encrypted at rest, found by keyed hash, shown by permission only.
create table reporters (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  key_id text not null,
  alg text not null,
  -- one sealed JSON: name, phone, address, idType, idNumber, email …
  sealed bytea not null,
  phone_key bytea,
  id_key bytea,
  is_anonymous boolean not null,
  version integer not null default 1,
  created_at timestamptz not null
);
create index reporters_phone_idx on reporters (bureau_id, phone_key) where phone_key is not null;
create index reporters_id_idx on reporters (bureau_id, id_key) where id_key is not null;

create sequence tip_number;

create table tips (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  number text not null,
  kind text not null constraint tips_kind_check check (kind in ('complaint', 'report', 'enquiry')),
  state text not null constraint tips_state_check check (state in
    ('received', 'awaiting_identity', 'accepted', 'refused', 'withdrawn', 'forwarded', 'mediating', 'suspended',
     'settled', 'terminated', 'verifying', 'case_opened', 'not_filed', 'handed_over', 'answered')),
  channel text not null,
  -- 收到: by the intake desk; 有处理权限的部门收到: from here the acceptance clock runs (Order 121 art. 15)
  received_at timestamptz not null,
  competent_on date not null,
  reporter_id uuid references reporters,
  party_id uuid references parties,
  respondent_name text not null,
  respondent_address text,
  respondent_phone text,
  narrative text not null,
  demand text,
  category text,
  product_name text,
  brand text,
  batch_no text,
  bought_on date,
  bought_at text,
  platform text,
  order_no text,
  amount_fen bigint constraint tips_amount_check check (amount_fen >= 0),
  consent_publish boolean,
  consent_delegate boolean,
  refusal_ground integer,
  refusal_reasons text,
  decided_on date,
  -- a letter that is both complaint and report is split (Order 121 art. 9)
  split_from uuid references tips,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint tips_number_key unique (bureau_id, number),
  constraint tips_refused_check check (state <> 'refused' or (refusal_ground is not null and refusal_reasons is not null))
);
create index tips_list_idx on tips (bureau_id, received_at desc, id desc);
create index tips_state_idx on tips (bureau_id, state, received_at desc, id desc);
create index tips_party_idx on tips (party_id) where party_id is not null;
create index tips_split_idx on tips (split_from) where split_from is not null;

create table tip_numbers (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  tip_id uuid not null references tips,
  system text not null,
  number text not null,
  their_state text,
  answered_on date,
  -- with the tip it was entered on by mistake: the number is free again
  voided_at timestamptz,
  created_at timestamptz not null
);
create unique index tip_numbers_number_key on tip_numbers (bureau_id, system, number) where voided_at is null;
create index tip_numbers_tip_idx on tip_numbers (tip_id);

-- 案源: R01 runs here.
create table sources (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  number text not null,
  origin text not null constraint sources_origin_check check (origin in
    ('inspection', 'tip', 'plan_sample', 'hand_over', 'assignment', 'platform', 'media', 'mediation', 'other')),
  state text not null constraint sources_state_check check (state in
    ('registered', 'verifying', 'case_opened', 'declined', 'handed_over')),
  found_on date not null,
  tip_id uuid references tips,
  party_id uuid references parties,
  party_name text not null,
  party_address text,
  party_phone text,
  provider_name text,
  provider_organisation text,
  provider_contact text,
  content text not null,
  verifier_ids uuid[] not null default '{}',
  verification text,
  handling_opinion text,
  decline_ground text,
  handed_to text,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint sources_number_key unique (bureau_id, number)
);
create index sources_list_idx on sources (bureau_id, created_at desc, id desc);
create index sources_party_idx on sources (party_id) where party_id is not null;
create index sources_tip_idx on sources (tip_id) where tip_id is not null;

-- 告知: a notice by net, phone or SMS. Not one of the seven ways of service.
create table told (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  tip_id uuid not null references tips,
  about text not null,
  way text not null constraint told_way_check check (way in ('phone', 'sms', 'net', 'email', 'letter', 'in_person')),
  told_at timestamptz not null,
  content text not null,
  failed_reason text,
  actor_id text not null,
  created_at timestamptz not null
);
create index told_tip_idx on told (tip_id, told_at, id);
