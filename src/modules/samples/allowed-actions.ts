import type { Ctx, TxCtx } from '../../context.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import {
  requireReportable,
  requireReturnable,
  requireRoomForResult,
  requireStillAway,
  requireVerifiable,
  SAMPLE_FLOW,
} from './rules.ts';
import type { SampleState } from './schemas.ts';

type Reports = { state: string; enteredBy: string }[];
type Back = { takenBackAt: Date | null };

/** What may be done with a sample now, by this caller, and why not where it may not. */
export async function allowedSampleActions(
  ctx: Ctx | TxCtx,
  sample: { id: string; state: SampleState; takenBackAt: Date | null },
): Promise<AllowedAction[]> {
  const reports: Reports = await ctx.db
    .selectFrom('laboratoryReports')
    .select(['state', 'enteredBy'])
    .where('sampleId', '=', sample.id)
    .orderBy('reportVersion')
    .execute();
  return allowedActions(
    ctx,
    ACTIONS.map((action) => ({
      action,
      permission: `sample.${action}`,
      check: () => {
        next(SAMPLE_FLOW, sample.state, action);
        RULES[action](reports, ctx.actor.id, sample);
      },
    })),
  );
}

const nothing = (): void => undefined;

const RULES = {
  dispatch: nothing,
  receive: nothing,
  reject: nothing,
  take_back: (_reports: Reports, _actorId: string, sample: Back) => requireStillAway(sample),
  record_result: requireRoomForResult,
  verify_result: requireVerifiable,
  return_result: requireReturnable,
  report: requireReportable,
  notify: nothing,
} as const satisfies Record<string, (reports: Reports, actorId: string, sample: Back) => unknown>;

const ACTIONS = Object.keys(RULES) as (keyof typeof RULES)[];
