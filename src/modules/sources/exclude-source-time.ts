import { type Ctx, inTx } from '../../context.ts';
import intake from '../../data/intake.json' with { type: 'json' };
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { excludeTime } from '../deadlines/index.ts';
import { getSource } from './queries.ts';
import { checkExclusion, SOURCE_FLOW } from './rules.ts';
import type { ExclusionInput, SourceView } from './schemas.ts';
import { lockForAct, updateSource } from './store.ts';

/** Takes days of testing, identification … out of R01 (CXGD 18(2)), with the paper they rest on. 409 `clock.not_open`. */
export async function excludeSourceTime(ctx: Ctx, id: string, body: ExclusionInput): Promise<SourceView> {
  return inTx(ctx, async (tx) => {
    const source = await lockForAct(tx, id);
    const state = next(SOURCE_FLOW, source.state, 'exclude');
    checkExclusion(body, source.foundOn);
    const { from, to, ground, documentId } = body;
    const subject = { kind: 'source', id };
    await excludeTime(tx, { rule: 'R01', subject, from, to, ground: groundText(ground), documentId });
    await updateSource(tx.db, source, { state });
    await audit(tx, { action: 'source.exclude', subject, detail: { ...body } });
    return getSource(tx, id);
  });
}

function groundText(key: ExclusionInput['ground']): string {
  const { article, grounds } = intake.exclusionGrounds;
  return `${grounds.find((ground) => ground.key === key)?.zh}（${article}）`;
}
