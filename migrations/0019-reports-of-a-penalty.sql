-- The laboratory reports a proposed penalty rests on (K24): each must be fit to carry it, also on the day it is decided.
alter table penalty_proposals add column report_ids uuid[] not null default '{}';
