import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { excludeTime } from './exclude-time.ts';
import { getClock } from './queries.ts';
import { citationText } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import type { ClockDetail, ExcludeBody } from './schemas.ts';
import { isCoercive } from './targets.ts';

/**
 * An officer takes time out of one limit of a thing that no other step of the file takes out by itself, with the
 * paper it rests on. 404; 409 `clock.not_open`; 422 `clock.no_exclusion` where the law excludes nothing,
 * `clock.paper_needed` (K23, ACL 25(3)) where a measure of coercion would run longer without a paper that says so.
 */
export async function excludeByHand(ctx: Ctx, id: string, body: ExcludeBody): Promise<ClockDetail> {
  return inTx(ctx, async (tx) => {
    const clock = await tx.db
      .selectFrom('clocks')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', tx.actor.bureauId)
      .forUpdate()
      .executeTakeFirst();
    if (!clock) throw notFound();
    checkVersion(tx, clock);
    await checkGrounds(tx, clock.ruleId, body);
    const subject = { kind: clock.subjectKind, id: clock.subjectId };
    const { documentId, ...time } = body;
    await excludeTime(tx, {
      rule: ruleById(clock.ruleId).id,
      subject,
      ...time,
      ...(documentId ? { documentId } : {}),
    });
    await audit(tx, {
      action: 'clock.exclude',
      subject,
      detail: { clockId: id, rule: clock.ruleId, ...body },
    });
    return getClock({ ...ctx, db: tx.db }, id);
  });
}

async function checkGrounds(tx: TxCtx, ruleId: string, { documentId }: ExcludeBody): Promise<void> {
  const rule = ruleById(ruleId);
  const article = citationText(BOOK, rule, 'zh');
  if (rule.excludedTime.length === 0) throw unprocessable('clock.no_exclusion', { rule: ruleId, article });
  if (isCoercive(rule) && !documentId)
    throw unprocessable('clock.paper_needed', { gate: 'K23', article: '行政强制法25' });
  if (!documentId) return;
  const paper = await tx.db
    .selectFrom('documents')
    .select('id')
    .where('id', '=', documentId)
    .where('bureauId', '=', tx.actor.bureauId)
    .where('state', '=', 'issued')
    .executeTakeFirst();
  if (!paper)
    throw unprocessable('clock.paper_unknown', {}, [{ field: 'documentId', code: 'clock.paper_unknown' }]);
}
