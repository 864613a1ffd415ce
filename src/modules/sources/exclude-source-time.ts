import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import intake from '../../data/intake.json' with { type: 'json' };
import { type Day, dayOf, daysBetween } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { clocksOf, excludeTime } from '../deadlines/index.ts';
import { getSource } from './queries.ts';
import { checkExclusion, exclusionError, isLimit, limitOf, SOURCE_FLOW } from './rules.ts';
import type { ExclusionInput, SourceView } from './schemas.ts';
import { lockForAct, updateSource } from './store.ts';

/**
 * Takes days of testing, identification … out of R01 (CXGD 18(2)), with the paper they rest on. 409 `clock.not_open`;
 * 422 `source.exclusion_…`.
 */
export async function excludeSourceTime(ctx: Ctx, id: string, body: ExclusionInput): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    const state = next(SOURCE_FLOW, source.state, 'exclude');
    checkExclusion(body, { foundOn: source.foundOn, today: dayOf(tx.now), ...(await runOf(tx, id)) });
    if (body.documentId) await requirePaper(tx, body.documentId);
    const { from, to, ground, documentId } = body;
    const subject = { kind: 'source', id };
    await excludeTime(tx, {
      rule: limitOf(source),
      subject,
      from,
      to,
      ground: groundText(ground),
      documentId,
    });
    await updateSource(tx.db, source, { state });
    await audit(tx, { action: 'source.exclude', subject, detail: { ...body } });
    return getSource(tx, id);
  });
}

/** How far R01 runs now, and how many days were taken out of it so far. */
async function runOf(tx: TxCtx, id: string): Promise<{ lastOn: Day | null; taken: number }> {
  const clocks = await clocksOf(tx.db, [{ kind: 'source', id }], tx.now);
  const clock = clocks.find(
    ({ rule, state }) => isLimit(rule) && (state === 'running' || state === 'paused'),
  );
  if (!clock) throw conflict('clock.not_open', { rule: 'R01' });
  const exclusions = await tx.db
    .selectFrom('clockExclusions')
    .select(['fromOn', 'toOn'])
    .where('clockId', '=', clock.id)
    .execute();
  const taken = exclusions.reduce(
    (sum, { fromOn, toOn }) => sum + daysBetween(fromOn, toOn ?? fromOn) + 1,
    0,
  );
  return { lastOn: clock.lastOn, taken };
}

/** 422 `source.exclusion_paper` unless it is an issued paper of the bureau. */
async function requirePaper(tx: TxCtx, documentId: string): Promise<void> {
  const paper = await tx.db
    .selectFrom('documents')
    .select('id')
    .where('id', '=', documentId)
    .where('bureauId', '=', tx.actor.bureauId)
    .where('state', '=', 'issued')
    .executeTakeFirst();
  if (!paper) throw exclusionError('documentId', 'source.exclusion_paper');
}

function groundText(key: ExclusionInput['ground']): string {
  const { article, grounds } = intake.exclusionGrounds;
  return `${grounds.find((ground) => ground.key === key)?.zh}（${article}）`;
}
