-- What a report can carry (K24), as it was when the laboratory issued it: its name and marks then, and what was lacking.

alter table laboratory_reports
  add column laboratory_name text,
  add column cma_number text,
  add column cnas_number text,
  add column mark_from date,
  add column mark_to date,
  -- [{ code, article }]; null until it is issued
  add column shortcomings jsonb;

-- What was issued before: the marks as they stand, which is all that is known of them.
update laboratory_reports r
set laboratory_name = l.name, cma_number = l.cma_number, cnas_number = l.cnas_number,
  mark_from = l.valid_from, mark_to = l.valid_to,
  shortcomings = (
    select coalesce(jsonb_agg(jsonb_build_object('code', lack.code, 'article', lack.article) order by lack.no), '[]')
    from (values
      (1, 'sample.body_not_qualified', '《食品安全法》第八十四条；《市场监督管理行政处罚程序规定》第三十二条第一款',
        l.cma_number is null
        or not coalesce(r.tested_to, (r.entered_at at time zone 'Asia/Shanghai')::date)
          between coalesce(l.valid_from, '-infinity'::date) and coalesce(l.valid_to, 'infinity'::date)),
      (2, 'sample.method_without_consent', '《食品安全抽样检验管理办法》第二十三条第二款',
        exists (select from laboratory_results x
          where x.report_id = r.id and x.method_status = 'other' and x.method_consent is null)),
      (3, 'sample.seal_broken', '《食品安全法》第八十四条；《市场监督管理行政处罚程序规定》第三十二条第一款',
        exists (select from sample_custody c where c.sample_id = r.sample_id and not c.seal_intact))
    ) as lack (no, code, article, lacks)
    where lack.lacks)
from laboratories l
where l.id = r.laboratory_id and r.state in ('reported', 'superseded');

alter table laboratory_reports
  add constraint laboratory_reports_frozen_check
    check (state not in ('reported', 'superseded') or (laboratory_name is not null and shortcomings is not null));

-- Which report of a laboratory an enclosure is, where it is one.
alter table transfer_attachments add column report_id uuid references laboratory_reports;
