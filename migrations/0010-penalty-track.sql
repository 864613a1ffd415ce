-- The penalty track of a case: proposals and their notices, statements, hearings, discussions, decisions, and what
-- becomes of the money.

-- 行政处罚建议及告知 (#37): every version that was put before the head; a notice is renewed by a new one.
create table penalty_proposals (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  no integer not null,
  state text not null constraint penalty_proposals_state_check check (state in
    ('proposed', 'approved', 'refused', 'withdrawn', 'replaced')),
  kind text not null constraint penalty_proposals_kind_check check (kind in
    ('penalty', 'no_penalty', 'not_made_out', 'other_agency', 'judicial_organ', 'other')),
  facts text not null,
  evidence text not null,
  basis text not null,
  reasons text not null,
  -- [{ violationId, actNo, fineFen, reason }]: one an act
  fines jsonb not null default '[]',
  fine_fen bigint not null default 0,
  -- of it under the Food Safety Law and its regulation (K9)
  food_fine_fen bigint not null default 0,
  gains_fen bigint not null default 0,
  goods_fen bigint not null default 0,
  goods_text text,
  -- [{ kind, text }]: warning, stop of business, revocation …
  others jsonb not null default '[]',
  order_to_correct text,
  education text,
  other_agency text,
  is_listed boolean not null default false,
  listing_consent text,
  after_criminal_fine boolean not null default false,
  -- 告知听证权利的理由 (K7); none: no hearing is offered
  hearing_grounds text[] not null default '{}',
  -- what has changed since the notice before
  changed text[] not null default '{}',
  change_reason text,
  -- the violations it rests on, with their versions: where they differ now, the notice no longer tells the case
  snapshot jsonb not null default '[]',
  approval_id uuid references approvals,
  approved_on date,
  notice_number text,
  served_on date,
  created_by text not null,
  created_at timestamptz not null,
  constraint penalty_proposals_no_key unique (case_id, no)
);
create unique index penalty_proposals_open_key on penalty_proposals (case_id) where state = 'proposed';
create unique index penalty_proposals_standing_key on penalty_proposals (case_id) where state = 'approved';

-- 陈述申辩 (#38) and waivers, with the re-check (CXGD 58).
create table party_statements (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  proposal_id uuid not null references penalty_proposals,
  kind text not null constraint party_statements_kind_check check (kind in ('statement', 'waiver')),
  received_on date not null,
  by_whom text not null,
  authority text,
  place text,
  content text not null,
  is_late boolean not null default false,
  adopted text constraint party_statements_adopted_check check (adopted in ('all', 'part', 'none')),
  recheck text,
  rechecked_by text,
  rechecked_on date,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null,
  constraint party_statements_recheck_check check ((adopted is null) = (recheck is null))
);
create index party_statements_case_idx on party_statements (case_id, line_no);

-- 听证 (#39–#41)
create table hearings (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  proposal_id uuid not null references penalty_proposals,
  state text not null constraint hearings_state_check check (state in
    ('requested', 'appointed', 'file_handed', 'scheduled', 'ended', 'terminated', 'reported')),
  requested_on date not null,
  requested_by text not null,
  request text not null,
  host_id uuid references users,
  member_ids uuid[] not null default '{}',
  recorder_id uuid references users,
  interpreter text,
  file_handed_on date,
  held_at timestamptz,
  place text,
  is_public boolean,
  closed_reason text,
  notice_served_on date,
  announced_on date,
  -- [{ heldAt, place, reason, on }]
  adjournments jsonb not null default '[]',
  ended_at timestamptz,
  participants text,
  record text,
  ended_by text constraint hearings_ended_by_check check (ended_by in ('held', 'withdrawn', 'absent', 'left', 'other')),
  end_reason text,
  report text,
  opinion text,
  reported_on date,
  line_no bigint generated always as identity,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);
create index hearings_case_idx on hearings (case_id, line_no);
create unique index hearings_open_key on hearings (case_id) where state not in ('terminated', 'reported');

-- 集体讨论 (#42): each one's opinion.
create table discussions (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  about text not null constraint discussions_about_check check (about in ('penalty', 'extension')),
  proposal_id uuid references penalty_proposals,
  held_on date not null,
  place text not null,
  chair text not null,
  recorder text not null,
  -- [{ userId, name, post, opinion }]
  attendees jsonb not null,
  observers text,
  record text not null,
  conclusion text not null,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null
);
create index discussions_case_idx on discussions (case_id, line_no);

-- Fines the city level decides (K9).
create table city_submissions (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  proposal_id uuid not null references penalty_proposals,
  submitted_to text not null,
  submitted_on date not null,
  reason text not null,
  outcome text constraint city_submissions_outcome_check check (outcome in ('decided', 'sent_back')),
  answered_on date,
  answer text,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null
);
create unique index city_submissions_open_key on city_submissions (case_id) where outcome is null;
create index city_submissions_case_idx on city_submissions (case_id, line_no);

-- 行政处理决定 (#43, #45, #46): six kinds.
create table decisions (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  proposal_id uuid not null references penalty_proposals,
  kind text not null constraint decisions_kind_check check (kind in
    ('penalty', 'no_penalty', 'not_made_out', 'other_agency', 'judicial_organ', 'other')),
  state text not null constraint decisions_state_check check (state in ('standing', 'changed', 'revoked')),
  decided_by text not null constraint decisions_decided_by_check check (decided_by in ('bureau', 'city')),
  decider text,
  decided_on date not null,
  number text,
  approval_id uuid references approvals,
  discussion_id uuid references discussions,
  fines jsonb not null default '[]',
  fine_fen bigint not null default 0,
  gains_fen bigint not null default 0,
  goods_fen bigint not null default 0,
  goods_text text,
  others jsonb not null default '[]',
  order_to_correct text,
  education text,
  other_agency text,
  -- 陈述、申辩、听证意见的采纳情况及理由 (CXGD 62(3))
  treatment text,
  -- 履行方式和期限 (CXGD 62(5))
  performance text,
  is_listed boolean not null default false,
  served_on date,
  told_of_publicity boolean,
  -- the last day to pay, as the clock had it at service
  pay_by date,
  line_no bigint generated always as identity,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);
create index decisions_case_idx on decisions (case_id, line_no);
create unique index decisions_standing_key on decisions (case_id) where state = 'standing';

-- 缴款: what came in, by its receipt.
create table payments (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  decision_id uuid not null references decisions,
  paid_on date not null,
  amount_fen bigint not null constraint payments_amount_check check (amount_fen > 0),
  purpose text not null constraint payments_purpose_check check (purpose in ('fine', 'gains', 'surcharge')),
  way text not null constraint payments_way_check check (way in
    ('bank', 'electronic', 'on_the_spot', 'auction', 'court')),
  receipt text not null,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null,
  constraint payments_receipt_key unique (bureau_id, receipt)
);
create index payments_decision_idx on payments (decision_id, paid_on, line_no);

-- 延期、分期 (#47)
create table payment_plans (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  decision_id uuid not null references decisions,
  state text not null constraint payment_plans_state_check check (state in
    ('proposed', 'approved', 'refused', 'replaced')),
  applied_on date not null,
  reason text not null,
  -- [{ dueOn, amountFen }]: one line is a deferral
  instalments jsonb not null,
  approval_id uuid references approvals,
  told_on date,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null
);
create index payment_plans_decision_idx on payment_plans (decision_id, line_no);
create unique index payment_plans_standing_key on payment_plans (decision_id) where state = 'approved';
create unique index payment_plans_open_key on payment_plans (decision_id) where state = 'proposed';

-- The surcharge does not run during reconsideration and suit (APL 73(3)).
create table surcharge_stops (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  decision_id uuid not null references decisions,
  ground text not null constraint surcharge_stops_ground_check check (ground in ('reconsideration', 'suit')),
  body text not null,
  number text,
  from_on date not null,
  to_on date,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null,
  constraint surcharge_stops_days_check check (to_on is null or to_on >= from_on)
);
create index surcharge_stops_decision_idx on surcharge_stops (decision_id, line_no);
create unique index surcharge_stops_open_key on surcharge_stops (decision_id) where to_on is null;

-- 催告 (#48), then the court (#49).
create table demands (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  decision_id uuid not null references decisions,
  made_on date not null,
  duties text not null,
  number text,
  served_on date,
  answer text,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null
);
create index demands_decision_idx on demands (decision_id, line_no);

create table court_applications (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  decision_id uuid not null references decisions,
  demand_id uuid not null references demands,
  state text not null constraint court_applications_state_check check (state in
    ('applied', 'accepted', 'refused', 'enforced', 'ended')),
  applied_on date not null,
  court text not null,
  requests text not null,
  signed_by text not null,
  surcharge_fen bigint not null,
  answered_on date,
  ruling text,
  line_no bigint generated always as identity,
  created_by text not null,
  created_at timestamptz not null
);
create index court_applications_decision_idx on court_applications (decision_id, line_no);
create unique index court_applications_open_key on court_applications (decision_id) where state in ('applied', 'accepted');
