import { type RawBuilder, sql } from 'kysely';

/** What may be searched for: the kinds of `search_entries`. */
export type SearchKind =
  | 'tip'
  | 'party'
  | 'source'
  | 'case'
  | 'operation'
  | 'inspection'
  | 'sample'
  | 'measure'
  | 'goods'
  | 'transfer'
  | 'document';

/** Ids of things that hold one of `parts` in what they are found by; of each part at most `most`. */
export type Matching = { bureauId: string; kind: SearchKind; parts: readonly string[]; most: number };

/**
 * The ids as a subquery: pairs of characters lead to the rows, the text itself confirms them. `offset 0` keeps
 * PostgreSQL from looking through the table in another order, hoping to find some early.
 */
export const matching = ({ bureauId, kind, parts, most }: Matching): RawBuilder<unknown> => sql`(
  select found.subject_id
  from (
    select search_key(part) as key, search_wanted(search_key(part)) as grams
    from unnest(${parts}::text[]) as named(part) offset 0
  ) as part
  cross join lateral (
    select e.subject_id from search_entries e
    where e.kind = ${sql.lit(kind)} and e.bureau_id = ${bureauId} and search_grams(e.key) @> part.grams
      and e.key like '%' || part.key || '%'
    offset 0 limit ${most}
  ) as found
  where cardinality(part.grams) > 0)`;
