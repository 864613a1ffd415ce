import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { matching } from '../../db/search.ts';
import { isOwnOnly, ownBureau } from '../../db/scope.ts';
import { bigrams, searchKey } from '../../shared/text.ts';
import { nameLikeness, pairLikeness, partsOfName } from '../parties/index.ts';
import { rowsOf, tipRows } from './queries.ts';
import type { AlikeQuery, AlikeTip } from './alike-schemas.ts';

const MOST_SHOWN = 8;
/** How many of one party, of one name, of one part of a name are looked at. */
const MOST_LOOKED_AT = 50;
const LEAST_LIKE = 0.5;

type Found = Pick<AlikeTip, 'id' | 'respondentName' | 'productName'> & {
  partyId: string | null;
  orderNo: string | null;
  receivedAt: Date;
};

/** The newest against the party and against the name, and some against names like it. */
function idsOf(bureauId: string, { name, partyId, orderNo }: AlikeQuery): RawBuilder<unknown>[] {
  const newest = sql`order by received_at desc, id desc limit ${MOST_LOOKED_AT}`;
  const parts = [...(name ? [...partsOfName(name), name] : []), ...(orderNo ? [orderNo] : [])];
  const ids = [
    matching({ bureauId, kind: 'tip', parts: [...new Set(parts)], most: MOST_LOOKED_AT }),
    ...(partyId ? [sql`(select id from tips where party_id = ${partyId} ${newest})`] : []),
    ...(name
      ? [sql`(select id from tips where bureau_id = ${bureauId} and respondent_name = ${name} ${newest})`]
      : []),
  ];
  return parts.length === 0 ? ids.slice(1) : ids;
}

const findTips = (ctx: Ctx, query: AlikeQuery): Promise<Found[]> =>
  ctx.db
    .selectFrom('tips')
    .select(['id', 'respondentName', 'productName', 'partyId', 'orderNo', 'receivedAt'])
    .where('id', 'in', sql<string>`(${sql.join(idsOf(ownBureau(ctx.actor), query), sql` union `)})`)
    .where('bureauId', '=', ownBureau(ctx.actor))
    .where('voidedAt', 'is', null)
    .$if(isOwnOnly(ctx.actor, 'tip'), (found) => found.where('createdBy', '=', ctx.actor.id))
    .execute();

type Likeness = Pick<AlikeTip, 'likeness' | 'because'>;

const WHY = ['orderNo', 'respondent', 'product'] as const;

const productLikeness = (a: string, b: string): number =>
  searchKey(a) === searchKey(b) ? 1 : pairLikeness(bigrams(a), bigrams(b));

const sameOrder = (tip: Found, orderNo: string | undefined): boolean =>
  orderNo !== undefined && tip.orderNo !== null && searchKey(tip.orderNo) === searchKey(orderNo);

function respondentLikeness(tip: Found, { name, partyId }: AlikeQuery): number {
  if (partyId !== undefined && tip.partyId === partyId) return 1;
  return name === undefined ? 0 : nameLikeness(name, tip.respondentName);
}

/** How like a tip is, and by what; undefined where it is another matter. */
function likenessOf(tip: Found, query: AlikeQuery): Likeness | undefined {
  const { productName, orderNo } = query;
  const order = sameOrder(tip, orderNo) ? 1 : 0;
  const respondent = respondentLikeness(tip, query);
  const known = productName !== undefined && tip.productName !== null;
  const product = known ? productLikeness(productName, tip.productName!) : null;
  // Of an unknown product nothing speaks for it, nothing against it.
  const likeness = Math.max(order, respondent * (0.7 + 0.3 * (product ?? 0.5)));
  if (likeness < LEAST_LIKE) return undefined;
  const found = { orderNo: order, respondent, product: product ?? 0 };
  const because = WHY.filter((why) => found[why] >= LEAST_LIKE);
  return { likeness: Math.round(likeness * 100) / 100, because };
}

/** Tips that may be the same matter, the likest and then the newest first, each with why. */
export async function listAlike(ctx: Ctx, query: AlikeQuery): Promise<{ items: AlikeTip[] }> {
  const best = (await findTips(ctx, query))
    .flatMap((tip) => {
      const like = likenessOf(tip, query);
      return like ? [{ ...like, tip }] : [];
    })
    .toSorted((a, b) => b.likeness - a.likeness || b.tip.receivedAt.getTime() - a.tip.receivedAt.getTime())
    .slice(0, MOST_SHOWN);
  if (best.length === 0) return { items: [] };
  const ids = best.map(({ tip }) => tip.id);
  const rows = await rowsOf(ctx, await tipRows(ctx).where('tips.id', 'in', ids).execute());
  const byId = new Map(rows.map((row) => [row.id, row]));
  const items = best.flatMap(({ tip, ...like }) => {
    const row = byId.get(tip.id);
    return row ? [{ ...row, ...like }] : [];
  });
  return { items };
}
