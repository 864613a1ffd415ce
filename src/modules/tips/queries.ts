import { formatInstant } from '../../shared/clock.ts';
import { sql } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import { matterColumns, nameOfParty } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import { isOwnOnly, ownBureau } from '../../db/scope.ts';
import { notFound } from '../../shared/errors.ts';
import { askedOf, clocksOf, dueRows, nextClock } from '../deadlines/index.ts';
import { identityRequestsOf, linksOf } from './links.ts';
import { asksHidden } from './own.ts';
import type { TipQuery, TipRow, TipView } from './schemas.ts';
import { mayKnow, rowsForReader, viewForReader } from './silence.ts';
import { type FoundTip, viewOf } from './view.ts';

type Reader = Pick<Ctx | TxCtx, 'db' | 'actor'>;

/** A linked tip as the view shows it; the keys are written out, for those of a row would come back in snake case. */
const LINKED = sql`json_build_object('id', t.id, 'number', t.number, 'kind', t.kind, 'state', t.state)`;

const findTip = ({ db, actor }: Reader, id: string): Promise<FoundTip | undefined> =>
  db
    .selectFrom('tips')
    .selectAll('tips')
    .select([
      sql<boolean | null>`(select r.is_anonymous from reporters r where r.id = tips.reporter_id)`.as(
        'isAnonymous',
      ),
      sql<TipView['outsideNumbers']>`coalesce((
        select json_agg(json_build_object('id', n.id, 'system', n.system, 'number', n.number,
          'theirState', n.their_state, 'answeredOn', n.answered_on) order by n.created_at, n.system, n.number)
        from tip_numbers n where n.tip_id = tips.id and n.voided_at is null), '[]')`.as('outsideNumbers'),
      sql<TipView['splitFrom']>`(select ${LINKED} from tips t where t.id = tips.split_from)`.as(
        'splitFromTip',
      ),
      sql<TipView['splitInto']>`(select ${LINKED} from tips t where t.split_from = tips.id limit 1)`.as(
        'splitInto',
      ),
      identityRequestsOf.as('identityRequests'),
      linksOf.as('links'),
      sql<TipView['sources']>`coalesce((
        select json_agg(json_build_object('id', s.id, 'number', s.number, 'state', s.state) order by s.created_at)
        from sources s where s.tip_id = tips.id), '[]')`.as('sources'),
      sql<TipView['told']>`coalesce((
        select json_agg(json_build_object('id', o.id, 'about', o.about, 'whom', o.whom, 'way', o.way,
          'toldAt', to_char(o.told_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'arrived', o.arrived) order by o.told_at, o.id)
        from told o where o.tip_id = tips.id), '[]')`.as('told'),
    ])
    .where('tips.id', '=', id)
    .where('tips.bureauId', '=', ownBureau(actor))
    .$if(isOwnOnly(actor, 'tip'), (query) => query.where('tips.createdBy', '=', actor.id))
    .executeTakeFirst();

/** A tip's row with what is shown beside it; 404 outside what the actor sees. */
export async function getFound(ctx: Ctx | TxCtx, id: string): Promise<FoundTip> {
  const tip = await findTip(ctx, id);
  if (!tip) throw notFound();
  return tip;
}

/** A tip the actor may see, with its clocks and what may be done with it; 404 otherwise. */
export async function getTip(ctx: Ctx | TxCtx, id: string): Promise<TipView> {
  const tip = await getFound(ctx, id);
  return viewForReader(ctx, viewOf(ctx, tip, await clocksOf(ctx.db, [{ kind: 'tip', id }], ctx.now)));
}

/** The list's columns, each from the row itself or from an index: one query whatever the length of the page. */
export const tipRows = (ctx: Ctx | TxCtx) =>
  ctx.db
    .selectFrom('tips')
    .select([
      'tips.id',
      'tips.number',
      'tips.kind',
      'tips.state',
      'tips.channel',
      'tips.receivedAt',
      'tips.competentOn',
      'tips.respondentName',
      'tips.partyId',
      'tips.productName',
      'tips.category',
      'tips.amountFen',
      'tips.assignedUnitId',
      'tips.assignedUserIds',
      'tips.narrative as summary',
      'tips.createdAt',
      'tips.version',
      nameOfParty(sql.ref('tips.partyId')).as('partyName'),
      nextClock(ctx, 'tip', 'tips.id').as('clock'),
      sql<TipRow['outsideNumbers']>`coalesce((
        select json_agg(json_build_object('system', n.system, 'number', n.number) order by n.created_at, n.system, n.number)
        from tip_numbers n where n.tip_id = tips.id and n.voided_at is null), '[]')`.as('outsideNumbers'),
    ])
    .select(matterColumns('tip', 'tips'))
    .where('tips.bureauId', '=', ownBureau(ctx.actor))
    .$if(isOwnOnly(ctx.actor, 'tip'), (query) => query.where('tips.createdBy', '=', ctx.actor.id))
    .where('tips.voidedAt', 'is', null);

type Found = Awaited<ReturnType<ReturnType<typeof tipRows>['executeTakeFirstOrThrow']>>;

/** Rows of a list as they travel, and as the actor may read them. */
export async function rowsOf(ctx: Ctx | TxCtx, found: readonly Found[]): Promise<TipRow[]> {
  const rows = await dueRows(ctx, found);
  return rowsForReader(
    ctx,
    rows.map((row) => ({ ...row, receivedAt: formatInstant(row.receivedAt) })),
  );
}

/**
 * Who may not know who reported may not find it out by asking which products, or narratives, name him; who sees only his
 * own wrote the product himself.
 */
const textsFor = (ctx: Ctx): string[] => [
  'number',
  'respondentName',
  ...(mayKnow(ctx) || isOwnOnly(ctx.actor, 'tip') ? ['productName'] : []),
  ...(mayKnow(ctx) ? ['narrative'] : []),
];

function filtered(ctx: Ctx, filter: TipQuery) {
  const { kind, channel, category, outsideNumber } = filter;
  let query = tipRows(ctx).where(
    askedOf(ctx, { kind: 'tip', table: 'tips', time: 'receivedAt', texts: textsFor(ctx) }, filter),
  );
  if (isOwnOnly(ctx.actor, 'tip') && asksHidden(filter)) query = query.where(sql<boolean>`false`);
  if (kind) query = query.where('tips.kind', 'in', kind);
  if (channel) query = query.where('tips.channel', 'in', channel);
  if (category) query = query.where('tips.category', 'in', category);
  if (!outsideNumber) return query;
  return query.where((eb) =>
    eb.exists(
      eb
        .selectFrom('tipNumbers')
        .select('tipNumbers.id')
        .whereRef('tipNumbers.tipId', '=', 'tips.id')
        .where('tipNumbers.number', '=', outsideNumber),
    ),
  );
}

/** Tips of the bureau, or of the actor alone where he sees no more; the latest received first. */
export async function listTips(ctx: Ctx, query: TipQuery): Promise<Page<TipRow>> {
  const { items, next } = await page(filtered(ctx, query), { time: 'tips.receivedAt', id: 'tips.id' }, query);
  return { items: await rowsOf(ctx, items), next };
}
