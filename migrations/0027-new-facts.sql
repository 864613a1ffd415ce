-- A repeat with new facts (Order 121 art. 35(2)): handled together with the first, whose limit begins anew.
alter table tip_links drop constraint tip_links_relation_check;
alter table tip_links add constraint tip_links_relation_check
  check (relation in ('repeat', 'new_facts', 'related', 'different'));
