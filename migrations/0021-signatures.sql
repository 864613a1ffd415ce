-- Signatures on glass: who signed which content of a draft, as what, and when; or that the party would not (CXGD 43).
create table document_signatures (
  id uuid primary key,
  bureau_id uuid not null references bureaus,
  document_id uuid not null references documents,
  role text not null constraint document_signatures_role_check check (role in ('party', 'witness', 'officer')),
  name text not null,
  user_id uuid references users,
  -- as what: the head of the company, its agent, a neighbour
  capacity text,
  -- the strokes, sealed: a signature that can be copied proves nothing; none where it was refused
  ink bytea,
  ink_key_id text,
  ink_alg text,
  ink_sha256 text,
  refusal_note text,
  -- over the form and its blanks as they were signed
  content_hash text not null,
  signed_at timestamptz not null,
  -- whose session it was signed in
  created_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdraw_reason text,
  -- in the order in which they signed, also within one instant
  line_no bigint generated always as identity,
  constraint document_signatures_officer_check check ((role = 'officer') = (user_id is not null)),
  constraint document_signatures_ink_check check ((ink is null) = (refusal_note is not null)),
  constraint document_signatures_refusal_check check (refusal_note is null or role = 'party'),
  constraint document_signatures_sealed_check check ((ink is null) = (ink_key_id is null) and (ink is null) = (ink_sha256 is null)),
  constraint document_signatures_withdrawn_check check ((withdrawn_at is null) = (withdraw_reason is null))
);
create index document_signatures_document_idx on document_signatures (document_id, line_no);
create unique index document_signatures_officer_key on document_signatures (document_id, user_id)
  where withdrawn_at is null and user_id is not null;
