-- Whose record a laboratory is: the bureau that entered it keeps it, until the laboratory has an administrator of its own.

alter table laboratories add column owner_bureau_id uuid references bureaus;

update laboratories l
set owner_bureau_id = coalesce(
  (select a.bureau_id from audit_entries a
   where a.action = 'laboratory.create' and a.subject_kind = 'laboratory' and a.subject_id = l.id::text
   order by a.id limit 1),
  -- where there is but one bureau, it is that one's
  (select min(b.id::text)::uuid from bureaus b having count(*) = 1));
