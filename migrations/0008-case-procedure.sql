-- The procedure of a case from its investigation to its archive: reports, reviews, pauses, services.

alter table cases
  -- 应当法制审核的情形 (CXGD 50) that are known; a hearing adds its own
  add column legal_grounds text[] not null default '{}',
  add column decision_kind text constraint cases_decision_kind_check check (decision_kind in
    ('penalty', 'no_penalty', 'not_made_out', 'other_agency', 'judicial_organ', 'other')),
  add column decided_on date,
  add column closing_ground text constraint cases_closing_ground_check check (closing_ground in
    ('performed', 'court_ended', 'terminated', 'no_penalty', 'not_made_out', 'other_agency', 'judicial_organ', 'other')),
  add column closing_on date,
  add column closed_on date,
  add column archived_on date,
  add column archive_number text,
  add column retention text constraint cases_retention_check check (retention in ('permanent', 'years_30', 'years_10'));
create index cases_decided_idx on cases (bureau_id, party_id, decided_on) where decided_on is not null;

-- What a decision moves, as it was asked for: kept until it is decided.
alter table approvals add column detail jsonb not null default '{}';

-- 案件调查终结报告 (#35): each round of investigation ends with one.
create table investigation_reports (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  round_no integer not null,
  course text not null,
  facts text not null,
  evidence text not null,
  nature text not null,
  discretion text not null,
  handling text not null,
  suggested text not null constraint investigation_reports_suggested_check check (suggested in
    ('penalty', 'no_penalty', 'not_made_out', 'other_agency', 'judicial_organ', 'other')),
  reported_on date not null,
  created_by text not null,
  created_at timestamptz not null,
  constraint investigation_reports_round_key unique (case_id, round_no)
);

-- 案件审核、法制审核 (#36): handed in, given back with an opinion.
create table case_reviews (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  stage text not null constraint case_reviews_stage_check check (stage in ('report', 'hearing')),
  kind text not null constraint case_reviews_kind_check check (kind in ('case', 'legal')),
  received_on date not null,
  returned_on date,
  reviewer_id uuid references users,
  opinion text constraint case_reviews_opinion_check check (opinion in ('agree', 'correct', 'supplement')),
  comment text,
  -- 初次从事法制审核: the legal qualification (CXGD 51)
  is_first_time boolean,
  qualification text,
  -- two rounds of the same minute stay in their order
  line_no bigint generated always as identity,
  created_at timestamptz not null,
  constraint case_reviews_returned_check check ((returned_on is null) = (opinion is null))
);
create index case_reviews_case_idx on case_reviews (case_id, line_no);
create unique index case_reviews_open_key on case_reviews (case_id) where returned_on is null;

-- 中止调查 (CXGD 46)
create table case_pauses (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  ground text not null constraint case_pauses_ground_check check (ground in
    ('other_ruling', 'legal_question', 'force_majeure', 'party_missing', 'other')),
  reason text not null,
  approval_id uuid not null references approvals,
  from_on date not null,
  to_on date,
  resume_reason text,
  created_at timestamptz not null,
  constraint case_pauses_days_check check (to_on is null or to_on >= from_on)
);
create unique index case_pauses_open_key on case_pauses (case_id) where to_on is null;
create index case_pauses_case_idx on case_pauses (case_id, from_on);

-- 送达 (#50): one paper, one way, one receiver. A second attempt is a second row.
create table services (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  -- what was served, e.g. a proposal's notice, a decision, a demand
  subject_kind text not null,
  subject_id uuid not null,
  document_id uuid references documents,
  paper_title text not null,
  paper_number text,
  recipient text not null,
  way text not null constraint services_way_check check (way in
    ('direct', 'left', 'electronic', 'post', 'entrusted', 'forwarded', 'public_notice')),
  place text,
  server_names text[] not null,
  -- null: it failed, and another way follows
  served_on date,
  failed_reason text,
  receiver text,
  receiver_role text constraint services_receiver_role_check check (receiver_role in
    ('party', 'family_adult', 'representative', 'mail_clerk', 'agent', 'designated')),
  refusal text,
  witness text,
  is_filmed boolean not null default false,
  -- 送达地址确认书 (#10): the channel it names
  confirmed_address text,
  reached_at timestamptz,
  tracking_number text,
  carrier text,
  posted_on date,
  posted_where text,
  -- why no other way was open, and what was tried (CXGD 82(5))
  notice_reason text,
  proof text not null,
  attachment_id uuid references attachments,
  remark text,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null
);
create index services_subject_idx on services (subject_id, line_no);
