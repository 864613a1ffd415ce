import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { isOwnOnly, ownBureau } from '../../db/scope.ts';
import { formatInstant } from '../../shared/clock.ts';
import { type Hit, SearchedKind } from './schemas.ts';

const PER_KIND = 10;
/** Of a word that stands in half of all names no more than these are put in order. */
const MOST_LOOKED_AT = 500;
const SHORTEST_TAIL = 3;

/** Who belongs to a laboratory finds the samples sent to it, and nothing else. */
const seesAny = ({ actor }: Ctx, kind: SearchedKind): boolean =>
  (actor.permissions.has(`${kind}.read`) || isOwnOnly(actor, kind)) &&
  (actor.laboratoryId === null || kind === 'sample');

// The product of a tip may be written with the reporter's name; who sees only his own wrote it himself.
const isByProduct = ({ actor }: Ctx, kind: SearchedKind): boolean =>
  actor.laboratoryId === null &&
  (kind !== 'tip' || actor.permissions.has('tip.look_at_reporter') || isOwnOnly(actor, kind));

/** What a laboratory, or who may not know who reported, finds by: what the list shows him. */
const byTitle = (q: string): RawBuilder<boolean> =>
  sql<boolean>`search_key(concat_ws(E'\\x1f', e.number, e.title)) like '%' || search_key(${q}) || '%'`;

/** Whose entries these may be, and by what they are found. */
function scopeOf(ctx: Ctx, kind: SearchedKind, q: string): RawBuilder<unknown> {
  const { actor } = ctx;
  if (actor.laboratoryId !== null) {
    return sql`exists (select from samples s where s.id = e.subject_id and s.laboratory_id = ${actor.laboratoryId}
      and s.dispatched_at is not null) and ${byTitle(q)}`;
  }
  const bureau = sql`e.bureau_id = ${ownBureau(actor)}`;
  const own = isOwnOnly(actor, kind) ? sql`${bureau} and e.created_by = ${actor.id}` : bureau;
  return isByProduct(ctx, kind) ? own : sql`${own} and ${byTitle(q)}`;
}

const COLUMNS = sql`e.kind, e.subject_id as id, e.number, e.title, e.detail, e.at`;

/** The latest of one kind; its name stands in the statement, for each has an index of its own. */
function ofKind(ctx: Ctx, kind: SearchedKind, q: string): RawBuilder<unknown> {
  const where = sql`e.kind = ${sql.lit(kind)} and ${scopeOf(ctx, kind, q)}`;
  const tail = q.toLowerCase().replace(/[\\%_]/g, '\\$&');
  const byNumber =
    Array.from(q).length < SHORTEST_TAIL
      ? sql``
      : sql`union (select ${COLUMNS} from search_entries e
          where ${where} and e.number is not null and reverse(lower(e.number)) like reverse(${tail}) || '%'
          limit ${MOST_LOOKED_AT})`;
  return sql`(select * from (
      (select ${COLUMNS} from search_entries e, (select search_key(${q}) as key, search_wanted(search_key(${q})) as grams) as part
        where ${where} and cardinality(part.grams) > 0 and search_grams(e.key) @> part.grams
          and e.key like '%' || part.key || '%'
        limit ${MOST_LOOKED_AT})
      ${byNumber}) as found
    order by at desc, id desc limit ${PER_KIND})`;
}

type Found = Omit<Hit, 'at'> & { at: Date };

/** What the words stand in, each kind under its own permission, of the own bureau. */
export async function search(ctx: Ctx, { q }: { q: string }): Promise<{ items: Hit[] }> {
  const kinds = SearchedKind.options.filter((kind) => seesAny(ctx, kind));
  if (kinds.length === 0) return { items: [] };
  const parts = kinds.map((kind) => ofKind(ctx, kind, q));
  const { rows } = await sql<Found>`${sql.join(parts, sql` union all `)}`.execute(ctx.db);
  const items = rows.map((row) => ({
    ...row,
    detail: row.kind !== 'document' && isByProduct(ctx, row.kind) ? row.detail : null,
    at: formatInstant(row.at),
  }));
  return { items };
}
