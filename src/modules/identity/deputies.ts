import { sql } from 'kysely';
import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { asked } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import { checkVersion } from '../../db/version.ts';
import { type Day, dayOf, formatInstant, formatInstantOrNull } from '../../shared/clock.ts';
import { conflict, notFound, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import type { DeputyQuery, DeputyRow } from './list-schemas.ts';
import { checkDeputyDays, deputyState } from './rules.ts';
import type { AppointDeputyInput, DeputyView } from './schemas.ts';
import { ownBureau } from './store.ts';

const deputies = (db: Ctx['db']) =>
  db
    .selectFrom('deputies')
    .selectAll('deputies')
    .select([
      sql<string>`(select u.name from users u where u.id = deputies.head_id)`.as('headName'),
      sql<string>`(select u.name from users u where u.id = deputies.deputy_id)`.as('deputyName'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof deputies>['executeTakeFirstOrThrow']>>;

const viewOf = (row: Row, today: Day): DeputyView => ({
  id: row.id,
  head: { id: row.headId, name: row.headName },
  deputy: { id: row.deputyId, name: row.deputyName },
  fromOn: row.fromOn,
  toOn: row.toOn,
  reason: row.reason,
  state: deputyState(row, today),
  endedAt: formatInstantOrNull(row.endedAt),
  endedReason: row.endedReason,
  createdAt: formatInstant(row.createdAt),
  version: row.version,
});

const read = async (tx: TxCtx, id: string): Promise<DeputyView> =>
  viewOf(await deputies(tx.db).where('deputies.id', '=', id).executeTakeFirstOrThrow(), dayOf(tx.now));

/** Holds the head's row, so that two appointments at once are one after the other. */
async function checkFree(tx: TxCtx, { fromOn, toOn }: AppointDeputyInput): Promise<void> {
  await tx.db.selectFrom('users').select('id').where('id', '=', tx.actor.id).forUpdate().execute();
  const other = await tx.db
    .selectFrom('deputies')
    .select(['fromOn', 'toOn'])
    .where('headId', '=', tx.actor.id)
    .where('endedAt', 'is', null)
    .where('fromOn', '<=', toOn)
    .where('toOn', '>=', fromOn)
    .executeTakeFirst();
  if (other) throw conflict('deputy.overlaps', { from: other.fromOn, to: other.toOn });
}

/** 422 where he is nobody of the bureau, not active, or the head himself. */
async function checkPerson(tx: TxCtx, deputyId: string): Promise<void> {
  const field = [{ field: 'deputyId', code: 'field.invalid' }];
  if (deputyId === tx.actor.id) throw unprocessable('deputy.oneself', {}, field);
  const person = await tx.db
    .selectFrom('users')
    .select('id')
    .where('id', '=', deputyId)
    .where('bureauId', '=', ownBureau(tx.actor))
    .where('isActive', '=', true)
    .executeTakeFirst();
  if (!person) throw unprocessable('deputy.nobody', {}, field);
}

/**
 * The head names who decides in his place between two days; he goes on deciding too. What he holds for another or must
 * do in person (K25) is not handed on. 409 `deputy.overlaps`; 422 `deputy.days`, `deputy.oneself`, `deputy.nobody`.
 */
export async function appointDeputy(ctx: Ctx, body: AppointDeputyInput): Promise<DeputyView> {
  checkDeputyDays(body, dayOf(ctx.now));
  return inTx(ctx, async (tx) => {
    await checkPerson(tx, body.deputyId);
    await checkFree(tx, body);
    const id = tx.newId();
    const row = {
      id,
      bureauId: ownBureau(tx.actor),
      headId: tx.actor.id,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    };
    await tx.db
      .insertInto('deputies')
      .values({ ...row, ...body })
      .execute();
    await audit(tx, { action: 'deputy.appoint', subject: { kind: 'deputy', id }, detail: { ...body } });
    return read(tx, id);
  });
}

/** Takes the power back at once; the one who gave it, or who holds it. 404 for others; 409 where it is over. */
export async function endDeputy(ctx: Ctx, id: string, { reason }: { reason: string }): Promise<DeputyView> {
  return inTx(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('deputies')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', ownBureau(tx.actor))
      .where((eb) => eb.or([eb('headId', '=', tx.actor.id), eb('deputyId', '=', tx.actor.id)]))
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound();
    checkVersion(tx, row);
    const state = deputyState(row, dayOf(tx.now));
    if (state === 'over' || state === 'ended') throw conflict('deputy.over');
    await tx.db
      .updateTable('deputies')
      .set({ endedAt: tx.now, endedReason: reason, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(tx, { action: 'deputy.end', subject: { kind: 'deputy', id }, detail: { reason } });
    return read(tx, id);
  });
}

/** Who stands in for whom in the bureau, newest first. */
export async function listDeputies(ctx: Ctx, filter: DeputyQuery): Promise<Page<DeputyRow>> {
  const today = dayOf(ctx.now);
  let query = deputies(ctx.db)
    .where('deputies.bureauId', '=', ownBureau(ctx.actor))
    .where(asked(ctx, { table: 'deputies', time: 'createdAt', texts: ['reason'] }, filter));
  if (filter.active !== undefined) {
    const alive = sql<boolean>`(deputies.ended_at is null and deputies.to_on >= ${today}::date)`;
    query = query.where(alive, '=', filter.active);
  }
  const { items, next } = await page(query, { time: 'deputies.createdAt', id: 'deputies.id' }, filter);
  const rows = items.map((row) => ({
    ...viewOf(row, today),
    headName: row.headName,
    deputyName: row.deputyName,
  }));
  return { items: rows, next };
}
