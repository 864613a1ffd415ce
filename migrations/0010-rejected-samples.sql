-- What a laboratory does not take comes back to the bureau, and its goods to where they were taken from.
alter table samples add column rejected_at timestamptz;
alter table samples add column taken_back_at timestamptz;
alter table samples add constraint samples_taken_back_check check (taken_back_at is null or state = 'rejected');
