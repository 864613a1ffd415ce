-- Limits that are escalated by the dozen are told the heads as one.
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in (
  'approval.waiting', 'approval.decided', 'record.assigned', 'clock.due_soon', 'clock.overdue', 'clock.escalated',
  'clock.many_escalated', 'measure.expires', 'measure.expired', 'calendar.awaited'));
