-- What a content is, is said by whoever attaches it: kept beside the content, which is kept once for all bureaus, the type
-- of the first would tell the next that somebody has it already.
alter table attachments add column media_type text;
update attachments set media_type = files.media_type from files where files.sha256 = attachments.sha256;
alter table attachments alter column media_type set not null;
alter table files drop column media_type;
