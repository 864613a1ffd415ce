import type { TxCtx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';

/** A paper as clocks look at it. */
export type IssuedPaper = { kind: string; subjectKind: string; subjectId: string; isServed: boolean };

/** An issued paper of the actor's bureau; undefined where it is none. */
export const issuedPaper = async (tx: TxCtx, id: string): Promise<IssuedPaper | undefined> =>
  tx.db
    .selectFrom('documents')
    .select(['kind', 'subjectKind', 'subjectId'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('services')
            .select('services.id')
            .whereRef('services.documentId', '=', 'documents.id')
            .where('services.servedOn', '<=', dayOf(tx.now)),
        )
        .$castTo<boolean>()
        .as('isServed'),
    )
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .where('state', '=', 'issued')
    .executeTakeFirst();

/** 422 `clock.paper_unknown` unless it is an issued paper of the actor's bureau. */
export async function requirePaper(tx: TxCtx, documentId: string): Promise<void> {
  const code = 'clock.paper_unknown';
  if (!(await issuedPaper(tx, documentId))) throw unprocessable(code, {}, [{ field: 'documentId', code }]);
}
