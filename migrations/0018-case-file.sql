-- 卷内目录 (#55): what lies in the file of an archived case, in the order of CXGD 78, page by page.
create table case_file_items (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  case_id uuid not null references cases,
  volume text not null constraint case_file_items_volume_check check (volume in ('main', 'secondary')),
  section integer not null constraint case_file_items_section_check check (section between 1 and 7),
  -- its place in the volume
  no integer not null,
  title text not null,
  number text,
  made_on date,
  from_page integer not null,
  to_page integer not null,
  created_at timestamptz not null,
  constraint case_file_items_no_key unique (case_id, volume, no),
  constraint case_file_items_pages_check check (from_page >= 1 and to_page >= from_page)
);

alter table cases
  -- 立卷人、检查人、备考 (#54, #56)
  add column filed_by text,
  add column file_checked_by text,
  add column file_note text;
