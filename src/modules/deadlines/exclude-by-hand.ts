import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict, notFound, unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { excludeTime } from './exclude-time.ts';
import { getClock } from './queries.ts';
import { citationText } from './rule-data.ts';
import { BOOK, ruleById } from './rule-book.ts';
import type { ClockDetail, ExcludeBody } from './schemas.ts';
import type { ClockRow } from './store.ts';
import { isCoercive } from './targets.ts';

/**
 * An officer takes time out of one limit of a thing that no other step of the file takes out by itself, with the
 * paper it rests on. 404; 409 `clock.not_open`, `clock.power_ended` (K23); 422 `clock.no_exclusion` where the law excludes
 * nothing, `clock.paper_needed` (K23, ACL 25(3)) where a measure of coercion would run longer without the notice of the
 * testing period served on its party, `clock.paper_unknown`.
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
    await checkGrounds(tx, clock, body);
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

// 检测/检验/检疫/鉴定期间告知书 (form #31), about the measure itself.
const PERIOD_NOTICE = 'test-period-notice';

const COERCION = { gate: 'K23', article: '《行政强制法》第二十五条第三款' };

async function checkGrounds(tx: TxCtx, clock: ClockRow, { documentId }: ExcludeBody): Promise<void> {
  const rule = ruleById(clock.ruleId);
  if (rule.excludes.length === 0) {
    const article = citationText(BOOK, { rule, on: clock.triggeredOn }, 'zh');
    throw unprocessable('clock.no_exclusion', { rule: clock.ruleId, article });
  }
  const paper = documentId ? await issuedPaper(tx, documentId) : null;
  if (isCoercive(rule)) return checkCoercion(tx, clock, paper);
  if (documentId && !paper)
    throw unprocessable('clock.paper_unknown', {}, [{ field: 'documentId', code: 'clock.paper_unknown' }]);
}

type IssuedPaper = { kind: string; subjectKind: string; subjectId: string };

const issuedPaper = async (tx: TxCtx, id: string): Promise<IssuedPaper | undefined> =>
  tx.db
    .selectFrom('documents')
    .select(['kind', 'subjectKind', 'subjectId'])
    .where('id', '=', id)
    .where('bureauId', '=', tx.actor.bureauId)
    .where('state', '=', 'issued')
    .executeTakeFirst();

/** A power of coercion that has ended is not revived, and runs on only by the notice about this very measure. */
function checkCoercion(
  tx: TxCtx,
  { rawOn, subjectKind, subjectId }: ClockRow,
  paper: IssuedPaper | null | undefined,
): void {
  if (rawOn !== null && rawOn < dayOf(tx.now))
    throw conflict('clock.power_ended', { ...COERCION, day: rawOn });
  const isNotice = paper?.kind === PERIOD_NOTICE;
  if (isNotice && paper.subjectKind === subjectKind && paper.subjectId === subjectId) return;
  const code = 'clock.paper_needed';
  throw unprocessable(code, COERCION, [{ field: 'documentId', code }]);
}
