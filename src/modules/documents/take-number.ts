import type { TxCtx } from '../../context.ts';
import { unprocessable } from '../../shared/errors.ts';

/** Whose counter: 文种代字 and the year. */
export type Counter = { code: string; year: number; bureauId?: string };

/**
 * The next number of a counter, from 1: no gaps, no doubles. It holds the counter until the transaction ends, so
 * take it as the last lock; a transaction that is rolled back gives its number back.
 */
export async function takeNumber(tx: TxCtx, { code, year, ...rest }: Counter): Promise<number> {
  const bureauId = rest.bureauId ?? tx.actor.bureauId;
  if (!bureauId) throw unprocessable('document.no_bureau');
  const { last } = await tx.db
    .insertInto('documentCounters')
    .values({ bureauId, code, year, last: 1 })
    .onConflict((oc) =>
      oc
        .columns(['bureauId', 'code', 'year'])
        .doUpdateSet((eb) => ({ last: eb('documentCounters.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
}
