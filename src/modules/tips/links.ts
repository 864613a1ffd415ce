import { sql } from 'kysely';
import type { TipView } from './schemas.ts';

/** What holds between a tip and each other: of a pair the latest line, read from its side. */
export const linksOf = sql<TipView['links']>`coalesce((
  select json_agg(json_build_object('id', t.id, 'number', t.number, 'kind', t.kind, 'state', t.state,
    'relation', case when l.tip_id = tips.id then l.relation when l.relation = 'repeat' then 'repeated_by'
    when l.relation = 'new_facts' then 'supplemented_by' else l.relation end)
    order by l.seq)
  from (
    select distinct on (other) k.*, case when k.tip_id = tips.id then k.other_id else k.tip_id end as other
    from tip_links k where k.tip_id = tips.id or k.other_id = tips.id
    order by other, k.seq desc
  ) l join tips t on t.id = l.other), '[]')`;

/** The proofs of identity asked of a complainant, the first first. */
export const identityRequestsOf = sql<TipView['identityRequests']>`coalesce((
  select json_agg(json_build_object('id', i.id, 'askedOn', i.asked_on, 'dueOn', i.due_on, 'material', i.material,
    'suppliedOn', i.supplied_on, 'supplied', i.supplied) order by i.created_at, i.id)
  from identity_requests i where i.tip_id = tips.id), '[]')`;
