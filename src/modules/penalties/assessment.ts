import type { Ctx, TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { caseSums } from '../goods/index.ts';
import { actsFrom, assess, type Facts } from './assessment-view.ts';
import { bandsOf } from './discretion.ts';
import { gainsFinding, violationsOf } from './store.ts';

type Reader = Ctx | TxCtx;

/** The case of the actor's bureau with what an assessment asks of its party, source and bureau. 404. */
export async function trackedCase({ db, actor }: Reader, id: string) {
  const row = await db
    .selectFrom('cases')
    .innerJoin('bureaus', 'bureaus.id', 'cases.bureauId')
    .innerJoin('sources', 'sources.id', 'cases.sourceId')
    .leftJoin('parties as named', 'named.id', 'cases.partyId')
    .leftJoin('parties', (join) =>
      join.on((eb) => eb('parties.id', '=', eb.fn.coalesce('named.mergedInto', 'named.id'))),
    )
    .selectAll('cases')
    .select(['bureaus.settings', 'bureaus.areaCode', 'sources.foundOn'])
    .select(['parties.id as livePartyId', 'parties.name as partyName', 'parties.kind as partyKind'])
    .where('cases.id', '=', id)
    .where('cases.bureauId', '=', actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return row;
}

export type TrackedCase = Awaited<ReturnType<typeof trackedCase>>;

/** The assessment of a case: its violations, acts and sums, as the rules of the penalty track need them. */
export async function assessment(ctx: Reader, row: TrackedCase) {
  const [violations, gains, sums] = [
    await violationsOf(ctx.db, row.id),
    await gainsFinding(ctx.db, row.id),
    await caseSums(ctx, row.id),
  ];
  const bands = bandsOf(row.settings);
  const standing = gains?.state === 'standing' ? gains : null;
  const facts: Facts = {
    sums,
    gainsFen: standing?.gainsFen ?? null,
    foundOn: row.foundOn,
    today: dayOf(ctx.now),
    bands,
    locale: ctx.locale,
  };
  const assessed = assess(violations, facts);
  const acts = actsFrom(assessed, bands);
  return { gains: gains ?? null, facts, assessed, acts, bands };
}

export type Assessment = Awaited<ReturnType<typeof assessment>>;

/** Whom papers of a case are for. */
export async function partyNameOf(ctx: Reader, { id }: { id: string }): Promise<string> {
  const { partyName } = await trackedCase(ctx, id);
  return partyName ?? '';
}
