-- One row for each thing that can be searched for, kept by triggers: whatever writes a tip or a party, it is found.

-- The text a search compares: half width and lower case whatever the database's locale, without spaces and punctuation;
-- between two runs of Latin letters and figures one space stays, so that 〔2024〕12号 is not 202412号.
create function search_key(value text) returns text
  language plpgsql immutable strict parallel safe
as $$
declare
  key text := translate(lower(normalize(value, nfkc) collate "C"),
    E'\t\n!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~、。·…—–‘’“”「」『』《》〈〉【】〔〕〖〗●○■□★☆※¥', repeat(' ', 72));
begin
  if key ~ '[a-z0-9] +[a-z0-9]' then
    key := regexp_replace(key, '([a-z0-9]) +(?=[a-z0-9])', E'\\1\x1e', 'g');
  end if;
  return translate(key, E'\x1e ', ' ');
end
$$;

-- What a key is found by: pairs of neighbouring characters, and whole runs of Latin letters and figures. A pair of two
-- such characters tells nothing (every number of a year holds 20) and is left out. What contains a Chinese text contains
-- all its pairs. U+001F, which no field may hold, divides fields.
create function search_grams(key text) returns text[]
  language plpgsql immutable strict parallel safe cost 10000
as $$
declare
  characters text[] := string_to_array(key, null);
  grams text[] := regexp_split_to_array(key, '[^a-z0-9]+');
  pair text;
begin
  for i in 1 .. cardinality(characters) - 1 loop
    pair := characters[i] || characters[i + 1];
    if octet_length(pair) > 2 then
      grams := grams || pair;
    end if;
  end loop;
  return array_remove(grams, '');
end
$$;

-- What must be among the grams of whatever contains a part of a key: a run at its end may go on there, 路1 in 路12号.
create function search_wanted(part text) returns text[]
  language sql immutable strict parallel safe
  return case when part !~ '[^a-z0-9]' then array[part]
    else array_remove(array_remove(search_grams(part), substring(part from '^[a-z0-9]+')), substring(part from '[a-z0-9]+$'))
    end;

create table search_entries (
  kind text not null constraint search_entries_kind_check check (kind in
    ('tip', 'party', 'source', 'case', 'operation', 'inspection', 'sample', 'measure', 'goods', 'transfer', 'document')),
  subject_id uuid not null,
  bureau_id uuid not null,
  -- when it came in: what is found is shown the latest first
  at timestamptz not null,
  number text,
  title text not null,
  detail text,
  created_by text not null,
  key text not null,
  primary key (kind, subject_id)
);

-- The text of one column of a row: of an array its members, of a telephone number its figures.
create function search_text(subject jsonb, name text) returns text
  language sql immutable strict parallel safe
  return case
    when jsonb_typeof(subject -> name) = 'array'
      then (select string_agg(member, E'\x1f') from jsonb_array_elements_text(subject -> name) as one(member))
    when name like '%phone' then translate(subject ->> name, ' ()-', '')
    else subject ->> name end;

-- Enters a row, or takes it out where it is void or merged. `columns` names when it came in, its number, its title, what
-- is shown beside it, and what else it is found by; an empty name stands for none.
create function enter_search(entry_kind text, subject jsonb, columns text[]) returns void
  language plpgsql
as $$
declare
  shown_title text := subject ->> columns[3];
begin
  if shown_title is null or subject ->> 'merged_into' is not null
    or (entry_kind <> 'document' and subject ->> 'voided_at' is not null) then
    delete from public.search_entries where kind = entry_kind and subject_id = (subject ->> 'id')::uuid;
    return;
  end if;
  insert into public.search_entries (kind, subject_id, bureau_id, at, number, title, detail, created_by, key)
  values (entry_kind, (subject ->> 'id')::uuid, (subject ->> 'bureau_id')::uuid, (subject ->> columns[1])::timestamptz,
    subject ->> columns[2], shown_title, subject ->> columns[4], subject ->> 'created_by',
    public.search_key((select string_agg(public.search_text(subject, name), E'\x1f') from unnest(columns[2:]) as named(name))))
  on conflict (kind, subject_id) do update set at = excluded.at, number = excluded.number, title = excluded.title,
    detail = excluded.detail, key = excluded.key;
end
$$;

create function enter_search_row() returns trigger
  language plpgsql
as $$
begin
  perform public.enter_search(tg_argv[0], to_jsonb(new), tg_argv[1:]);
  return null;
end
$$;

create trigger tips_search after insert or update of received_at, number, respondent_name, product_name,
    respondent_address, respondent_phone, brand, batch_no, order_no, platform, voided_at on tips
  for each row execute function enter_search_row('tip', 'received_at', 'number', 'respondent_name', 'product_name',
    'respondent_address', 'respondent_phone', 'brand', 'batch_no', 'order_no', 'platform');
create trigger parties_search after insert or update of uscc, name, address, food_licence, aliases, representative, phone,
    voided_at, merged_into on parties
  for each row execute function enter_search_row('party', 'created_at', 'uscc', 'name', 'address', 'food_licence',
    'aliases', 'representative', 'phone');
create trigger sources_search after insert or update of number, party_name, party_address, party_phone, voided_at on sources
  for each row execute function enter_search_row('source', 'created_at', 'number', 'party_name', 'party_address',
    'party_phone');
create trigger cases_search after insert or update of number, title, cause, voided_at on cases
  for each row execute function enter_search_row('case', 'created_at', 'number', 'title', 'cause');
create trigger operations_search after insert or update of title, partner, voided_at on operations
  for each row execute function enter_search_row('operation', 'created_at', '', 'title', 'partner');
create trigger inspections_search after insert or update of place, subject_matter, voided_at on inspections
  for each row execute function enter_search_row('inspection', 'created_at', '', 'subject_matter', 'place');
create trigger samples_search after insert or update of number, product_name, producer, brand, batch_no, place, voided_at
    on samples
  for each row execute function enter_search_row('sample', 'created_at', 'number', 'product_name', 'producer', 'brand',
    'batch_no', 'place');
create trigger measures_search after insert or update of place, suspected_act, voided_at on measures
  for each row execute function enter_search_row('measure', 'created_at', '', 'suspected_act', 'place');
create trigger goods_items_search after insert or update of name, producer, spec, batch_no, voided_at on goods_items
  for each row execute function enter_search_row('goods', 'created_at', '', 'name', 'producer', 'spec', 'batch_no');
create trigger transfers_search after insert or update of decision_number, suspected_crime, recipient, voided_at on transfers
  for each row execute function enter_search_row('transfer', 'created_at', 'decision_number', 'suspected_crime',
    'recipient');
create trigger documents_search after insert or update of number on documents
  for each row execute function enter_search_row('document', 'created_at', 'number', 'number', 'kind');

-- What is there already, by the same triggers: to write a column as it stands fires them.
update tips set number = number;
update parties set name = name;
update sources set number = number;
update cases set title = title;
update operations set title = title;
update inspections set place = place;
update samples set number = number;
update measures set place = place;
update goods_items set name = name;
update transfers set recipient = recipient;
update documents set number = number;

create index search_entries_list_idx on search_entries (bureau_id, kind, at desc, subject_id desc);
create index search_entries_number_idx on search_entries (bureau_id, reverse(lower(number)) text_pattern_ops)
  where number is not null;
create index search_entries_tips_idx on search_entries using gin (search_grams(key)) where kind = 'tip';
create index search_entries_parties_idx on search_entries using gin (search_grams(key)) where kind = 'party';
create index search_entries_others_idx on search_entries using gin (search_grams(key)) where kind not in ('tip', 'party');

-- The newest tips against a party, or against whom the caller named: what a new one may be the same as.
drop index tips_party_idx;
create index tips_party_idx on tips (party_id, received_at desc, id desc) where party_id is not null;
create index tips_respondent_idx on tips (bureau_id, respondent_name, received_at desc, id desc);

-- A licence number as it is typed.
create index parties_licence_idx on parties (bureau_id, food_licence) where food_licence is not null;
