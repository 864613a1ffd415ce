import type { TxCtx } from '../../context.ts';
import type { Rule } from './rule-data.ts';

/**
 * Whether a limit runs on this thing at all: the sampling limits are those of plan samples (CYJY 2, 28(2)); the retest
 * of an enforcement sample is offered where the bureau has not decided otherwise (`retestCaseSamples`, FSL 88).
 */
export async function applies(
  tx: TxCtx,
  rule: Rule,
  { subject, bureauId }: { subject: { kind: string; id: string }; bureauId: string },
): Promise<boolean> {
  if (rule.appliesTo === null) return true;
  if (subject.kind !== 'sample') return false;
  const row = await tx.db
    .selectFrom('samples')
    .innerJoin('bureaus', (join) => join.on('bureaus.id', '=', bureauId))
    .select(['samples.kind', 'bureaus.settings'])
    .where('samples.id', '=', subject.id)
    .executeTakeFirst();
  if (row?.kind === 'plan') return true;
  if (row === undefined || rule.appliesTo === 'plan_samples') return false;
  return (row.settings as { retestCaseSamples?: boolean }).retestCaseSamples !== false;
}
