-- Cases, inspections and joint operations, goods with their ledger, samples and results, measures, referrals.

create table cases (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  number text,
  title text not null,
  cause text not null,
  state text not null constraint cases_state_check check (state in
    ('proposed', 'investigating', 'suspended', 'in_review', 'proposed_decision', 'notified', 'hearing', 'heard',
     'rechecked', 'submitted_to_city', 'decided', 'performing', 'closing', 'closed', 'archived', 'declined')),
  source_id uuid not null references sources,
  party_id uuid references parties,
  facts text not null,
  basis text not null,
  -- K28: why this bureau is competent
  jurisdiction_basis text not null,
  officer_ids uuid[] not null,
  proposed_at timestamptz not null,
  filed_on date,
  approval_id uuid references approvals,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint cases_number_key unique (bureau_id, number),
  constraint cases_filed_check check (state in ('proposed', 'declined') or filed_on is not null)
);
create index cases_list_idx on cases (bureau_id, created_at desc, id desc);
create index cases_source_idx on cases (source_id);
create index cases_party_idx on cases (party_id);
-- a source may open several cases, but one for each party
create unique index cases_source_party_key on cases (source_id, party_id) where state <> 'declined' and voided_at is null;

-- 联合行动: plan, sites, people of both sides, log.
create table operations (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  title text not null,
  state text not null constraint operations_state_check check (state in ('planned', 'under_way', 'ended', 'called_off')),
  source_id uuid references sources,
  case_id uuid references cases,
  planned_on date not null,
  plan text not null,
  sites jsonb not null,
  partner text not null,
  -- [{ side, userId?, name, credential, organisation, role }]
  people jsonb not null default '[]',
  started_at timestamptz,
  ended_at timestamptz,
  outcome text,
  bureau_took text,
  police_took text,
  called_off_reason text,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);
create index operations_list_idx on operations (bureau_id, created_at desc, id desc);

create table operation_log (
  id uuid primary key,
  operation_id uuid not null references operations,
  at timestamptz not null,
  side text not null constraint operation_log_side_check check (side in ('bureau', 'police', 'both')),
  entry text not null,
  actor_id text not null,
  -- lines of the same minute stay in the order they were written
  line_no bigint generated always as identity
);
create index operation_log_idx on operation_log (operation_id, at, line_no);

create table inspections (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  kind text not null constraint inspections_kind_check check (kind in ('on_site', 'online')),
  state text not null constraint inspections_state_check check (state in ('planned', 'under_way', 'ended')),
  operation_id uuid references operations,
  source_id uuid references sources,
  case_id uuid references cases,
  party_id uuid references parties,
  subject_matter text not null,
  place text not null,
  is_dwelling boolean not null default false,
  started_at timestamptz,
  ended_at timestamptz,
  -- the fields of form #9, in its order
  party_notified text,
  party_present text constraint inspections_party_present_check check (party_present in ('present', 'absent')),
  ids_shown_answer text,
  rights_told_answer text,
  recusal_asked boolean,
  findings text,
  measures_told text,
  party_statement text,
  closing_answer text,
  party_refused_to_sign boolean,
  refusal_note text,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint inspections_times_check check (ended_at is null or ended_at >= started_at)
);
create index inspections_list_idx on inspections (bureau_id, created_at desc, id desc);
create index inspections_case_idx on inspections (case_id);

create table inspection_people (
  id uuid primary key,
  inspection_id uuid not null references inspections,
  side text not null constraint inspection_people_side_check check (side in ('bureau', 'police', 'party', 'witness')),
  user_id uuid references users,
  name text not null,
  -- 执法证号 or police badge
  credential text,
  organisation text,
  role text,
  created_at timestamptz not null,
  -- in the order they were named: the first officer of a record leads it
  line_no bigint generated always as identity,
  constraint inspection_people_bureau_check check (side <> 'bureau' or (user_id is not null and credential is not null)),
  constraint inspection_people_user_key unique (inspection_id, user_id)
);

create table measures (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  kind text not null constraint measures_kind_check check (kind in ('preservation', 'sealing', 'seizure')),
  state text not null constraint measures_state_check check (state in
    ('proposed', 'approved', 'refused', 'in_force', 'lifted', 'expired', 'ended')),
  source_id uuid references sources,
  case_id uuid references cases,
  inspection_id uuid references inspections,
  party_id uuid not null references parties,
  suspected_act text not null,
  reason text not null,
  is_urgent boolean not null default false,
  approval_id uuid references approvals,
  officer_ids uuid[] not null,
  place text not null,
  keeping_place text,
  keeping_conditions text,
  keeper text,
  party_present boolean,
  witness_name text,
  dwelling_handover text,
  rights_told boolean,
  executed_at timestamptz,
  period_days integer,
  -- the last day of the power as counted (raw): never rolled
  ends_on date,
  extended_on date,
  extension_reason text,
  ended_at timestamptz,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint measures_executed_check check (state not in ('in_force', 'expired', 'ended') or executed_at is not null)
);
create index measures_list_idx on measures (bureau_id, created_at desc, id desc);
create index measures_case_idx on measures (case_id);
create index measures_in_force_idx on measures (bureau_id, ends_on) where state = 'in_force';

create table seals (
  id uuid primary key,
  measure_id uuid not null references measures,
  bureau_id uuid not null references bureaus,
  number text not null,
  place text not null,
  applied_at timestamptz not null,
  state text not null constraint seals_state_check check (state in ('intact', 'broken', 'removed')),
  remark text,
  created_at timestamptz not null,
  constraint seals_number_key unique (bureau_id, number)
);
create index seals_measure_idx on seals (measure_id);

-- 财物: exact quantities; premises are items without a quantity.
create table goods_items (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  inspection_id uuid references inspections,
  case_id uuid references cases,
  measure_id uuid references measures,
  line_no integer,
  -- its place in the list of what the inspection found
  found_no integer not null,
  category text not null constraint goods_items_category_check check (category in
    ('product', 'raw_material', 'semi_finished', 'packaging', 'food_tool', 'other_tool', 'documents', 'device', 'premises',
     'daily_necessities', 'other')),
  name text not null,
  spec text,
  unit text,
  quantity numeric(24, 6),
  measured text constraint goods_items_measured_check check (measured in ('counted', 'weighed', 'estimated')),
  net_content numeric(24, 6),
  net_unit text,
  producer text,
  batch_no text,
  made_on text,
  -- K19: the legal basis is per item
  basis text constraint goods_items_basis_check check (basis in ('FSL110_4', 'FSL110_5', 'TBGD15_2', 'TBGD15_3', 'PQL18', 'APL56')),
  unit_price_fen bigint constraint goods_items_price_check check (unit_price_fen >= 0),
  price_basis text constraint goods_items_price_basis_check check (price_basis in ('label', 'market', 'invoice', 'valuation')),
  price_note text,
  -- another organ that has sealed it already: it may not be sealed twice (K18)
  sealed_by text,
  -- how much of it the measure takes, when less than was found
  measure_quantity numeric(24, 6) constraint goods_items_measure_quantity_check check (measure_quantity > 0),
  remark text,
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint goods_items_quantity_check check (quantity > 0),
  constraint goods_items_premises_check check ((category = 'premises') = (quantity is null)),
  constraint goods_items_line_key unique (measure_id, line_no),
  constraint goods_items_found_key unique (inspection_id, found_no)
);
create index goods_items_inspection_idx on goods_items (inspection_id);
create index goods_items_case_idx on goods_items (case_id);

-- An append-only double-entry ledger: every row takes from one (place, title) and gives to another.
create table goods_movements (
  id bigint generated always as identity primary key,
  bureau_id uuid not null references bureaus,
  item_id uuid not null references goods_items,
  at timestamptz not null,
  cause text not null,
  from_place text not null,
  from_title text not null,
  to_place text not null,
  to_title text not null,
  quantity numeric(24, 6) not null constraint goods_movements_quantity_check check (quantity > 0),
  subject_kind text not null,
  subject_id uuid not null,
  -- why, and of which entry, where a mistake is corrected
  reason text,
  reverses_id bigint references goods_movements,
  actor_id text not null,
  constraint goods_movements_place_check check (
    from_place in ('scene', 'store', 'keeper', 'site', 'laboratory', 'police', 'returned', 'destroyed', 'sold', 'lost', 'used_up')
    and to_place in ('scene', 'store', 'keeper', 'site', 'laboratory', 'police', 'returned', 'destroyed', 'sold', 'lost', 'used_up')),
  constraint goods_movements_title_check check (
    from_title in ('party', 'held', 'forfeited', 'unclaimed') and to_title in ('party', 'held', 'forfeited', 'unclaimed'))
);
create index goods_movements_item_idx on goods_movements (item_id, id);
create index goods_movements_reverses_idx on goods_movements (reverses_id) where reverses_id is not null;

-- What the ledger sums to; the CHECK is the rule that no balance is ever negative.
create table goods_balances (
  item_id uuid not null references goods_items,
  place text not null,
  title text not null,
  quantity numeric(24, 6) not null constraint goods_balances_negative_check check (quantity >= 0),
  primary key (item_id, place, title)
);

create table samples (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  number text not null,
  kind text not null constraint samples_kind_check check (kind in ('enforcement', 'plan')),
  state text not null constraint samples_state_check check (state in
    ('planned', 'collected', 'dispatched', 'received', 'rejected', 'testing', 'reported', 'notified')),
  source_id uuid references sources,
  case_id uuid references cases,
  inspection_id uuid references inspections,
  party_id uuid references parties,
  laboratory_id uuid references laboratories,
  -- the fields of form #29
  place text not null,
  sampled_at timestamptz not null,
  matter text not null,
  product_name text not null,
  brand text,
  spec text,
  batch_no text,
  made_on text,
  shelf_life text,
  producer text,
  producer_address text,
  standard text,
  label_price text,
  label_storage text,
  licence_no text,
  grade text,
  packaging text,
  declared_species text[] not null default '{}',
  label_note text,
  method text not null,
  -- the standard the sampling followed; null: by another way, told in method
  method_standard text,
  process text,
  commissioned text,
  remark text,
  -- decimals as text with their unit; base is what the sample was taken from
  base_quantity numeric(24, 6),
  sample_quantity numeric(24, 6) not null constraint samples_quantity_check check (sample_quantity > 0),
  backup_quantity numeric(24, 6),
  unit text not null,
  paid_fen bigint,
  storage_conditions text,
  seal_state text,
  bought_online boolean not null default false,
  online_record text,
  officer_ids uuid[] not null,
  party_present text,
  witness_name text,
  -- form #30: what is asked, by when (an enforcement sample runs on this day, not on the L clocks)
  test_request text,
  due_on date,
  dispatched_at timestamptz,
  received_at timestamptz,
  received_quantity numeric(24, 6),
  received_temperature text,
  receipt_note text,
  rejection_reason text,
  notified_on date,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint samples_number_key unique (bureau_id, number)
);
create index samples_list_idx on samples (bureau_id, created_at desc, id desc);
create index samples_laboratory_idx on samples (laboratory_id, created_at desc, id desc);
create index samples_source_idx on samples (source_id);

create table sample_portions (
  id uuid primary key,
  sample_id uuid not null references samples,
  code text not null,
  kind text not null constraint sample_portions_kind_check check (kind in ('test', 'backup')),
  quantity numeric(24, 6) not null constraint sample_portions_quantity_check check (quantity > 0),
  unit text not null,
  seal_number text,
  holder text not null,
  created_at timestamptz not null,
  constraint sample_portions_code_key unique (sample_id, code)
);

create table sample_custody (
  id uuid primary key,
  sample_id uuid not null references samples,
  portion_id uuid references sample_portions,
  at timestamptz not null,
  from_holder text not null,
  to_holder text not null,
  seal_intact boolean not null,
  condition text,
  actor_id text not null
);
create index sample_custody_idx on sample_custody (sample_id, at, id);

-- A report is never edited: an amended one is a new version.
create table laboratory_reports (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  sample_id uuid not null references samples,
  laboratory_id uuid not null references laboratories,
  report_version integer not null,
  state text not null constraint laboratory_reports_state_check check (state in
    ('entered', 'verified', 'returned', 'reported', 'superseded')),
  number text not null,
  tested_from date,
  tested_to date,
  conclusion text,
  label_judgment jsonb,
  entered_by uuid not null references users,
  entered_at timestamptz not null,
  verified_by uuid references users,
  verified_at timestamptz,
  returned_reason text,
  reported_by uuid references users,
  reported_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint laboratory_reports_version_key unique (sample_id, report_version),
  constraint laboratory_reports_number_key unique (laboratory_id, number, report_version),
  constraint laboratory_reports_second_person_check check (verified_by <> entered_by)
);

create table laboratory_results (
  id uuid primary key,
  report_id uuid not null references laboratory_reports,
  line_no integer not null,
  kind text not null constraint laboratory_results_kind_check check (kind in ('qualitative', 'quantitative')),
  analyte text not null,
  species text,
  method text not null,
  method_clause text,
  method_status text not null constraint laboratory_results_method_check check (method_status in ('statutory', 'supplementary', 'other')),
  method_consent text,
  -- as printed and as parsed
  printed text not null,
  operator text constraint laboratory_results_operator_check check (operator in ('=', '<', '≤', '>', '≥')),
  value numeric(24, 12),
  unit text,
  detected boolean,
  share_basis text constraint laboratory_results_basis_check check (share_basis in ('mass_fraction', 'copy_ratio')),
  limit_text text,
  lod numeric(24, 12),
  loq numeric(24, 12),
  uncertainty numeric(24, 12),
  coverage_factor numeric(6, 3),
  replicates integer,
  verdict text constraint laboratory_results_verdict_check check (verdict in ('pass', 'fail', 'problem', 'not_judged')),
  remark text,
  constraint laboratory_results_line_key unique (report_id, line_no)
);

-- 线索通报: light; no five attachments, no T clock.
create table clue_notices (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  source_id uuid not null references sources,
  case_id uuid references cases,
  state text not null constraint clue_notices_state_check check (state in
    ('drafted', 'sent', 'acknowledged', 'joined', 'not_taken')),
  recipient text not null,
  content text not null,
  approval_id uuid references approvals,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  outcome text,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);
create index clue_notices_source_idx on clue_notices (source_id);
create index clue_notices_list_idx on clue_notices (bureau_id, created_at desc, id desc);

create table transfers (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  state text not null constraint transfers_state_check check (state in
    ('proposed', 'approved', 'refused', 'delivered', 'acknowledged', 'supplementing', 'police_filed', 'declined', 'returned')),
  recipient text not null,
  procuratorate text not null,
  suspected_crime text not null,
  facts text not null,
  -- ≥ 2 officers form the task group (Order 310 art. 5)
  group_ids uuid[] not null,
  report_received_at timestamptz not null,
  approval_id uuid references approvals,
  approved_at timestamptz,
  delivered_at timestamptz,
  delivered_to text,
  -- 抄送人民检察院
  procuratorate_copied_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  decision_on date,
  decision_number text,
  decision_note text,
  assigned_unit_id uuid references units,
  assigned_user_ids uuid[] not null default '{}',
  voided_at timestamptz,
  void_reason text,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  constraint transfers_group_check check (cardinality(group_ids) >= 2)
);
create unique index transfers_open_key on transfers (case_id) where state not in ('refused', 'declined', 'returned') and voided_at is null;
create index transfers_list_idx on transfers (bureau_id, created_at desc, id desc);

-- The five attachments of Order 310 art. 6: frozen when delivered.
create table transfer_attachments (
  id uuid primary key,
  transfer_id uuid not null references transfers,
  item integer not null constraint transfer_attachments_item_check check (item between 1 and 5),
  title text not null,
  document_id uuid references documents,
  attachment_id uuid references attachments,
  sha256 text,
  created_at timestamptz not null
);
create index transfer_attachments_idx on transfer_attachments (transfer_id, item, id);
