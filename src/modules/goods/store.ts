import { type Selectable, sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { GoodsItems, Inspections } from '../../db/schema.ts';
import { notFound } from '../../shared/errors.ts';
import { ownBureau } from '../../db/scope.ts';
import type { Account } from './schemas.ts';

/** An item as it is stored. */
export type ItemRow = Selectable<GoodsItems>;

/** One line of a batch of entries: every line names another item. */
export type LedgerLine = { itemId: string; quantity: string };

/** A batch of entries with one cause, from one account to another. */
export type Posting = {
  from: Account;
  to: Account;
  cause: string;
  subject: { kind: string; id: string };
  lines: readonly LedgerLine[];
  /** When it happened; now where it is not said. */
  at?: Date;
  reason?: string;
  /** The entry it takes back, where a mistake is corrected. */
  reverses?: number;
};

/** Holds an inspection of the bureau, so that its list is numbered by one hand at a time; 404. */
export async function lockInspection(tx: TxCtx, id: string): Promise<Selectable<Inspections>> {
  const row = await tx.db
    .selectFrom('inspections')
    .selectAll()
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

/** Holds one item; 404 where it is not the bureau's. */
export async function lockItem(tx: TxCtx, id: string): Promise<ItemRow> {
  const [row] = await lockItems(tx, [id]);
  if (!row) throw notFound();
  return row;
}

/** Holds the items of the bureau among `ids`, in the order of their ids: two batches never wait for each other. */
export async function lockItems(tx: TxCtx, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  return tx.db
    .selectFrom('goodsItems')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .where('bureauId', '=', tx.actor.bureauId)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** The highest number in an inspection's list; 0 for an empty one. The inspection's row must be held. */
export async function lastFoundNo(tx: TxCtx, inspectionId: string): Promise<number> {
  const { last } = await tx.db
    .selectFrom('goodsItems')
    .select((eb) => eb.fn.coalesce(eb.fn.max('foundNo'), sql<number>`0`).as('last'))
    .where('inspectionId', '=', inspectionId)
    .executeTakeFirstOrThrow();
  return last;
}

/** How much of an entry later ones have taken back. */
const takenBack = sql<string>`(
  select coalesce(sum(back.quantity), 0) from goods_movements back where back.reverses_id = goods_movements.id)`;

/** Entries with the inspection and the measure of their item as they stand now. */
const entries = (ctx: Ctx | TxCtx) =>
  ctx.db
    .selectFrom('goodsMovements')
    .innerJoin('goodsItems', 'goodsItems.id', 'goodsMovements.itemId')
    .leftJoin('inspections', 'inspections.id', 'goodsItems.inspectionId')
    .leftJoin('measures', 'measures.id', 'goodsItems.measureId')
    .selectAll('goodsMovements')
    .select(['inspections.state as inspectionState', 'measures.state as measureState'])
    .select(takenBack.as('takenBack'))
    .where('goodsMovements.bureauId', '=', ctx.actor.bureauId);

const MOST_ENTRIES = 1000;

/** The entries of an item, oldest first. */
export const entriesOf = (ctx: Ctx | TxCtx, itemId: string) =>
  entries(ctx)
    .select(
      sql<string | null>`(select u.name from users u where u.id::text = goods_movements.actor_id)`.as(
        'actorName',
      ),
    )
    .where('goodsMovements.itemId', '=', itemId)
    .orderBy('goodsMovements.id')
    .limit(MOST_ENTRIES)
    .execute();

/** The entries that `cause` made for a subject, oldest first. */
export const movementsOf = (tx: TxCtx, subject: { kind: string; id: string }, cause: string) =>
  entries(tx)
    .where('goodsMovements.subjectKind', '=', subject.kind)
    .where('goodsMovements.subjectId', '=', subject.id)
    .where('goodsMovements.cause', '=', cause)
    .orderBy('goodsMovements.id')
    .execute();

/** One entry of an item; undefined where it is not the item's. */
export const movementOf = (tx: TxCtx, itemId: string, id: number) =>
  entries(tx)
    .where('goodsMovements.itemId', '=', itemId)
    .where('goodsMovements.id', '=', id)
    .executeTakeFirst();

/** What of an inspection's goods still stands at the scene, in the order of the items' ids. */
export const linesAtScene = (tx: TxCtx, inspectionId: string): Promise<LedgerLine[]> =>
  tx.db
    .selectFrom('goodsBalances')
    .innerJoin('goodsItems', 'goodsItems.id', 'goodsBalances.itemId')
    .select(['goodsBalances.itemId', 'goodsBalances.quantity'])
    .where('goodsItems.inspectionId', '=', inspectionId)
    .where('goodsItems.voidedAt', 'is', null)
    .where('goodsBalances.place', '=', 'scene')
    .where('goodsBalances.title', '=', 'party')
    .where('goodsBalances.quantity', '>', '0')
    .orderBy('goodsBalances.itemId')
    .execute();

const linesOf = (posting: Posting): string =>
  JSON.stringify(posting.lines.map(({ itemId, quantity }) => ({ item_id: itemId, quantity })));

const SHAPE = sql.raw('jsonb_to_recordset');

const logged = (tx: TxCtx, { from, to, cause, subject, at, reason, reverses }: Posting) => sql`
  insert into goods_movements
    (bureau_id, item_id, at, cause, from_place, from_title, to_place, to_title, quantity,
     subject_kind, subject_id, reason, reverses_id, actor_id)
  select ${ownBureau(tx.actor)}::uuid, lines.item_id, ${at ?? tx.now}::timestamptz, ${cause},
    ${from.place}, ${from.title}, ${to.place}, ${to.title}, lines.quantity,
    ${subject.kind}, ${subject.id}::uuid, ${reason ?? null}, ${reverses ?? null}::bigint,
    ${tx.actor.id}
  from lines order by lines.ord`;

const lines = (posting: Posting) => sql`
  lines as (
    select item_id, quantity, row_number() over () as ord
    from ${SHAPE}(${linesOf(posting)}::jsonb) as l(item_id uuid, quantity numeric))`;

const given = ({ to }: Posting) => sql`
  given as (
    insert into goods_balances (item_id, place, title, quantity)
    select item_id, ${to.place}, ${to.title}, quantity from lines
    on conflict (item_id, place, title) do update
      set quantity = goods_balances.quantity + excluded.quantity)`;

const taken = ({ from }: Posting) => sql`
  taken as (
    update goods_balances b set quantity = b.quantity - lines.quantity
    from lines
    where b.item_id = lines.item_id and b.place = ${from.place} and b.title = ${from.title}
      and b.quantity >= lines.quantity
    returning b.item_id)`;

/** Puts quantities on an account from outside: the opening entry, entry and balance in one statement. */
export async function putIn(tx: TxCtx, posting: Posting): Promise<void> {
  if (posting.lines.length === 0) return;
  await sql`with ${lines(posting)}, ${given(posting)} ${logged(tx, posting)}`.execute(tx.db);
}

/** Takes a miscount off an account again; answers the items that had less than that. */
export async function takeOut(tx: TxCtx, posting: Posting): Promise<string[]> {
  const written = sql`written as (${logged(tx, posting)})`;
  return missing(tx, sql`with ${lines(posting)}, ${taken(posting)}, ${written}`);
}

/**
 * Moves quantities from one account to another: entries and both balances in one statement. Answers the items whose
 * account holds less; where there are any, the caller must give the transaction up. The items must be held.
 */
export async function transfer(tx: TxCtx, posting: Posting): Promise<string[]> {
  if (posting.lines.length === 0) return [];
  const written = sql`written as (${logged(tx, posting)})`;
  return missing(tx, sql`with ${lines(posting)}, ${taken(posting)}, ${given(posting)}, ${written}`);
}

async function missing(tx: TxCtx, statement: ReturnType<typeof lines>): Promise<string[]> {
  const { rows } = await sql<{ itemId: string }>`${statement}
    select item_id from lines where item_id not in (select item_id from taken)`.execute(tx.db);
  return rows.map((row) => row.itemId);
}
