import type { Ctx, TxCtx } from '../../context.ts';
import intake from '../../data/intake.json' with { type: 'json' };
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import { type Day, dayOf, formatInstantOrNull } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { requireLive } from '../records/index.ts';
import { type ComplaintAction, getRow, maskingFor, nextState, type TipRecord } from '../tips/index.ts';
import {
  requireNoTest,
  requireTest,
  requireVoidable,
  terminationGround,
  terminationGrounds,
} from './rules.ts';
import type { MediationView } from './schemas.ts';
import { challengesOf, findMediation, type MediationRow, testsOf } from './store.ts';

type Reader = Ctx | TxCtx;
type Test = Awaited<ReturnType<typeof testsOf>>[number];
type Challenge = Awaited<ReturnType<typeof challengesOf>>[number];

/** The last day of the limit of mediation, as counted; null while it stands still. */
export const limitOf = (clocks: readonly { rule: string; state: string; rawOn: Day | null }[]): Day | null =>
  clocks.find(({ rule }) => rule === 'C02' || rule === 'C02o')?.rawOn ?? null;

type Found = { tip: TipRecord; mediation: MediationRow | undefined; tests: Test[] };

/** The acts, each with its step of the complaint's flow. */
function checksOf({ tip, mediation, tests }: Found): ActionCheck[] {
  const step = (name: string, action: ComplaintAction, rule?: () => unknown): ActionCheck => ({
    action: `mediation.${name}`,
    permission: `mediation.${name}`,
    check: () => {
      requireLive(tip);
      nextState(tip, action);
      rule?.();
    },
  });
  const some = (): void => {
    if (!mediation) throw conflict('mediation.none');
  };
  return [
    step('start', 'start_mediation'),
    step('delegate', 'delegate'),
    step('settle', 'settle', some),
    step('resume', 'resume', some),
    step('tell', 'tell', some),
    step('suspend', 'suspend', some),
    step('start_testing', 'start_testing', () => {
      some();
      requireNoTest(tests);
    }),
    step('end_testing', 'end_testing', () => {
      some();
      requireTest(tests);
    }),
    step('report_clue', 'report_clue', some),
    step('terminate', 'terminate'),
  ];
}

const corrections = ({ tip }: Found): ActionCheck[] => [
  { action: 'amend', permission: 'mediation.amend', check: () => requireLive(tip) },
  {
    action: 'void',
    permission: 'mediation.void',
    check: () => {
      requireLive(tip);
      requireVoidable(tip.state);
    },
  },
];

function terminationOf(ctx: Reader, { ground, terminatedOn }: MediationRow) {
  if (ground === null || terminatedOn === null) return null;
  const found = terminationGround(ground, { isStarted: true, limitOn: terminatedOn }, terminatedOn);
  const { [ctx.locale]: otherRoutes } = intake.otherRoutes;
  return { ground, text: found[ctx.locale], article: found.article, otherRoutes };
}

type Standing = { mediation: MediationRow; tests: Test[]; challenges: Challenge[] };

/** A mediation as the actor may read it: what its texts say of the complainant is masked unless he may know. */
async function viewOf(ctx: Reader, tip: TipRecord, { mediation, tests, challenges }: Standing) {
  const mask = await maskingFor(ctx, tip.id);
  return {
    ...mediation,
    meetAt: formatInstantOrNull(mediation.meetAt),
    place: mask(mediation.place),
    agreement: mask(mediation.agreement),
    record: mask(mediation.record),
    reasons: mask(mediation.reasons),
    termination: terminationOf(ctx, mediation),
    challenges: challenges.map((one) => ({ ...one, reason: mask(one.reason), decision: mask(one.decision) })),
    tests: tests.map((one) => ({
      ...one,
      tested: mask(one.tested),
      costShare: mask(one.costShare),
      result: mask(one.result),
    })),
    allowedActions: allowedActions(ctx, corrections({ tip, mediation, tests })),
  };
}

/** The mediation of a complaint, with what may be done now. 404. */
export async function getMediation(ctx: Reader, tipId: string): Promise<MediationView> {
  const { db } = ctx;
  const tip = await getRow(ctx, tipId);
  const mediation = await findMediation(db, tipId);
  const tests = mediation ? await testsOf(db, mediation.id) : [];
  const challenges = mediation ? await challengesOf(db, mediation.id) : [];
  const { article, grounds } = terminationGrounds(dayOf(ctx.now));
  return {
    tipId,
    state: tip.state,
    version: tip.version,
    mediation: mediation ? await viewOf(ctx, tip, { mediation, tests, challenges }) : null,
    terminationGrounds: { article, grounds: grounds.map((one) => ({ no: one.no, text: one[ctx.locale] })) },
    allowedActions: tip.kind === 'complaint' ? allowedActions(ctx, checksOf({ tip, mediation, tests })) : [],
  };
}
