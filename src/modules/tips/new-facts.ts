import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { restartClock } from '../deadlines/index.ts';
import type { TipRecord } from './store.ts';

export type Report = Pick<TipRecord, 'id' | 'kind' | 'number' | 'reporterId' | 'competentOn' | 'bureauId'>;

const ARTICLE = '《市场监督管理投诉举报处理办法》第三十五条第二款';

/**
 * A report that brings new facts to an earlier one is handled with it, and the limit of the earlier one's verification is
 * counted anew from the day the last report came in (C07, Order 121 art. 35(2)). That the reporter is the same is the
 * officer's word. 409 `tip.new_facts_not_reports`; 422 `tip.new_facts_before_order`, `clock.restart_backwards`.
 */
export async function restartForNewFacts(tx: TxCtx, later: Report, earlierId: string): Promise<void> {
  const earlier = await tx.db
    .selectFrom('tips')
    .select(['id', 'kind', 'reporterId'])
    .where('id', '=', earlierId)
    .where('bureauId', '=', later.bureauId)
    .executeTakeFirstOrThrow();
  requireReports(later, earlier);
  for (const id of await openSourcesOf(tx, earlierId)) await restart(tx, id, later);
}

function requireReports(later: Report, earlier: Pick<Report, 'kind' | 'reporterId'>): void {
  const both = [later, earlier];
  if (both.some(({ kind }) => kind !== 'report') || both.some(({ reporterId }) => reporterId === null))
    throw conflict('tip.new_facts_not_reports', { article: ARTICLE });
  if (later.competentOn >= '2026-04-15') return;
  const code = 'tip.new_facts_before_order';
  throw unprocessable(code, { article: ARTICLE }, [
    { field: 'relation', code, params: { article: ARTICLE } },
  ]);
}

/** The sources of a report that are still being verified. */
async function openSourcesOf(tx: TxCtx, tipId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('sources')
    .select('id')
    .where('tipId', '=', tipId)
    .where('origin', '=', 'tip')
    .where('state', 'in', ['registered', 'verifying'])
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

const restart = (
  tx: TxCtx,
  sourceId: string,
  { number, competentOn }: { number: string; competentOn: Day },
) =>
  restartClock(tx, {
    rule: 'R01',
    subject: { kind: 'source', id: sourceId },
    on: competentOn,
    reason: number,
  });

/** The reports that brought new facts to one before its source was opened: its limit counts from the last of them. */
export async function restartAfterOpening(tx: TxCtx, tip: Report, sourceId: string): Promise<void> {
  const last = await tx.db
    .selectFrom('tipLinks')
    .innerJoin('tips', 'tips.id', 'tipLinks.tipId')
    .select(['tips.number', 'tips.competentOn'])
    .where('tipLinks.otherId', '=', tip.id)
    .where('tipLinks.relation', '=', 'new_facts')
    .where('tips.competentOn', '>', tip.competentOn)
    .where('tips.voidedAt', 'is', null)
    .orderBy('tips.competentOn', 'desc')
    .executeTakeFirst();
  if (last) await restart(tx, sourceId, last);
}
