-- 减免的加处罚款 (ACL 42): on the head's word, after the party has done what was agreed.
alter table decisions
  add column surcharge_remitted_fen bigint not null default 0
    constraint decisions_remitted_check check (surcharge_remitted_fen >= 0);
