-- A grid worker lists what he registered himself.
create index tips_own_idx on tips (bureau_id, created_by, received_at desc, id desc);
