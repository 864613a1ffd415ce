-- Lifting of a measure: asked of the head (CXGD 36), whole or in part; goods handed back against both signatures (42(2)).
create table measure_liftings (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  measure_id uuid not null references measures,
  approval_id uuid not null references approvals,
  ground text not null constraint measure_liftings_ground_check check (ground in
    ('no_violation', 'unrelated', 'decided', 'period_over', 'not_needed')),
  reasons text not null,
  -- [{ itemId, quantity }] that are asked for; null: all the measure holds
  lines jsonb,
  lifted_at timestamptz,
  created_by text not null,
  created_at timestamptz not null
);
create index measure_liftings_idx on measure_liftings (measure_id, created_at, id);
create unique index measure_liftings_approval_key on measure_liftings (approval_id);

create table measure_returns (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  measure_id uuid not null references measures,
  returned_at timestamptz not null,
  received_by text not null,
  officer_ids uuid[] not null constraint measure_returns_officers_check check (cardinality(officer_ids) >= 2),
  -- the list both sides signed: one of ours, or one written by hand
  document_id uuid references documents,
  paper_number text,
  remark text,
  created_by text not null,
  created_at timestamptz not null,
  constraint measure_returns_paper_check check (document_id is not null or paper_number is not null)
);
create index measure_returns_idx on measure_returns (measure_id, returned_at, id);

-- Nothing of the item is held under its measure any more; of premises this alone says so.
alter table goods_items add column lifted_at timestamptz;
