-- What lists are found by: who has a matter, the goods and the proposals of a bureau in their order.
create index tips_assigned_idx on tips using gin (assigned_user_ids) where assigned_user_ids <> '{}';
create index sources_assigned_idx on sources using gin (assigned_user_ids) where assigned_user_ids <> '{}';
create index cases_assigned_idx on cases using gin (assigned_user_ids) where assigned_user_ids <> '{}';
create index inspections_assigned_idx on inspections using gin (assigned_user_ids) where assigned_user_ids <> '{}';
create index samples_assigned_idx on samples using gin (assigned_user_ids) where assigned_user_ids <> '{}';
create index measures_assigned_idx on measures using gin (assigned_user_ids) where assigned_user_ids <> '{}';
create index goods_items_list_idx on goods_items (bureau_id, created_at desc, id desc);
create index approvals_list_idx on approvals (bureau_id, proposed_at desc, id desc);
-- of the trail the days grow with the lines: a few pages tell where one lies
create index audit_entries_at_idx on audit_entries using brin (at);
