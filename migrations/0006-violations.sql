-- What a case is punished for: acts, the articles they break and are punished by, sales, illegal gains.

create table violations (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  -- 同一个违法行为: several norms broken by one act share its number and are fined once, by the highest (APL 29)
  act_no integer not null constraint violations_act_no_check check (act_no between 1 and 50),
  breached text not null,
  -- an id of src/data/fines.json
  fine_rule text not null,
  facts text not null,
  act_from date not null,
  -- the end of the act: the law of that day, and the limitation, run from here
  act_to date not null,
  -- 涉及公民生命健康安全且有危害后果: five years instead of two (APL 36)
  harmed_life boolean not null default false,
  -- the value of the goods of this act, where it is not that of all goods of the case
  value_fen bigint constraint violations_value_check check (value_fen >= 0),
  value_basis text,
  -- last year's income of the person from the entity (FSLR 75)
  income_fen bigint constraint violations_income_check check (income_fen >= 0),
  discretion text not null default 'normal' constraint violations_discretion_check check (discretion in
    ('exempt', 'reduced', 'lighter', 'normal', 'heavier')),
  factors text[] not null default '{}',
  discretion_reason text,
  -- 情节严重: circumstances of FSLR 67 an officer has found
  serious text[] not null default '{}',
  serious_reason text,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint violations_days_check check (act_to >= act_from),
  constraint violations_value_basis_check check ((value_fen is null) = (value_basis is null))
);
create index violations_case_idx on violations (case_id, act_no, id);

-- What was sold, by its evidence: the S of the value of goods and of the filing standards.
create table case_sales (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  what text not null,
  sold_from date not null,
  sold_to date not null,
  quantity numeric(24, 6) constraint case_sales_quantity_check check (quantity > 0),
  unit text,
  amount_fen bigint not null constraint case_sales_amount_check check (amount_fen > 0),
  -- 已经依法退赔: counted among the gains, not confiscated (WFSD 11)
  refunded_fen bigint not null default 0,
  evidence text not null,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint case_sales_days_check check (sold_to >= sold_from),
  constraint case_sales_refund_check check (refunded_fen between 0 and amount_fen)
);
create index case_sales_case_idx on case_sales (case_id, id);

-- 违法所得: each finding replaces the one before it.
create table gains_findings (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  state text not null constraint gains_findings_state_check check (state in ('waiting', 'standing', 'refused', 'replaced')),
  method text not null constraint gains_findings_method_check check (method in
    ('deducting', 'whole', 'partly', 'not_calculable', 'not_separate')),
  found_on date not null,
  receipts_fen bigint not null,
  refunded_fen bigint not null,
  -- [{ kind, amountFen, evidence, provenOn, accepted, reason }]
  deductions jsonb not null,
  -- by when the party was to prove what it wants deducted (WFSD 6)
  proof_due_on date,
  gains_fen bigint not null,
  forfeit_fen bigint not null,
  reason text not null,
  approval_id uuid references approvals,
  created_by text not null,
  created_at timestamptz not null,
  constraint gains_findings_forfeit_check check (forfeit_fen between 0 and gains_fen)
);
create index gains_findings_case_idx on gains_findings (case_id, created_at, id);
create unique index gains_findings_standing_key on gains_findings (case_id) where state in ('standing', 'waiting');
