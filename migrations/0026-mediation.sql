-- 调解: what is done with an accepted complaint, from the agreement of both parties to the settlement or the end without one.

create table mediations (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  tip_id uuid not null references tips,
  -- null: it was terminated before anybody mediated
  started_on date,
  complainant_agreed_on date,
  respondent_agreed_on date,
  mode text constraint mediations_mode_check check (mode in ('on_site', 'remote')),
  meet_at timestamptz,
  place text,
  mediators text[] not null default '{}',
  contact_phone text,
  delegated_to text,
  settled_on date,
  amount_fen bigint constraint mediations_amount_check check (amount_fen >= 0),
  agreement text,
  is_written boolean,
  unwritten_ground text constraint mediations_unwritten_check check (unwritten_ground in ('performed', 'waived')),
  record text,
  terminated_on date,
  ground integer,
  reasons text,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  -- nobody mediates without the consent of both (Order 121 art. 18)
  constraint mediations_consent_check check
    (started_on is null or (complainant_agreed_on is not null and respondent_agreed_on is not null)),
  constraint mediations_settled_check check
    (settled_on is null or (amount_fen is not null and agreement is not null and is_written is not null)),
  constraint mediations_terminated_check check
    (terminated_on is null or (ground is not null and reasons is not null)),
  constraint mediations_end_check check (settled_on is null or terminated_on is null)
);
create unique index mediations_tip_key on mediations (tip_id) where voided_at is null;

create table mediation_challenges (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  mediation_id uuid not null references mediations,
  asked_by text not null constraint mediation_challenges_asked_check check (asked_by in ('complainant', 'respondent')),
  mediator text not null,
  reason text not null,
  suspended_on date not null,
  decided_on date,
  recused boolean,
  decision text,
  actor_id text not null,
  created_at timestamptz not null
);
create index mediation_challenges_idx on mediation_challenges (mediation_id, created_at, id);

create table mediation_tests (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  mediation_id uuid not null references mediations,
  kind text not null constraint mediation_tests_kind_check check (kind in ('testing', 'appraisal')),
  institution text not null,
  chosen_by text not null constraint mediation_tests_chosen_check check (chosen_by in ('agreed', 'appointed')),
  tested text not null,
  cost_share text not null,
  from_on date not null,
  to_on date,
  result text,
  actor_id text not null,
  created_at timestamptz not null
);
create index mediation_tests_idx on mediation_tests (mediation_id, created_at, id);

-- 告知投诉人和被投诉人: the respondent is told as well.
alter table told add column whom text not null default 'reporter'
  constraint told_whom_check check (whom in ('reporter', 'respondent'));
