import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { pastDay } from '../../shared/time-order.ts';
import { audit } from '../audit/index.ts';
import { endInterruption, interruptClocks } from '../deadlines/index.ts';
import { getMediation } from './queries.ts';
import { articleOf, checkChosenBy, requireNoTest, requireTest } from './rules.ts';
import type { EndTestingInput, MediationView, StartTestingInput } from './schemas.ts';
import { lockMediation, moveMediation, testsOf } from './store.ts';

const origin = (id: string) => ({ kind: 'mediation_test', id });

/**
 * The quality in dispute is tested or appraised: its time is not counted (Order 121 art. 22(3)), and C02 stands still.
 * 409 `mediation.testing_open`; 422 `mediation.appointed`, `mediation.test_before_start`, `field.future`.
 */
export async function startTesting(
  ctx: Ctx,
  tipId: string,
  { fromOn, ...body }: StartTestingInput,
): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'start_testing');
    const day = dayOf(tx.now);
    const from = pastDay(fromOn ?? day, tx.now, 'fromOn');
    checkChosenBy(body.chosenBy, day);
    const { id: mediationId, bureauId, startedOn } = step.mediation;
    requireFrom(from, startedOn!, 'fromOn');
    requireNoTest(await testsOf(tx.db, mediationId));
    const id = tx.newId();
    const made = { actorId: tx.actor.id, createdAt: tx.now };
    await tx.db
      .insertInto('mediationTests')
      .values({ ...body, id, bureauId, mediationId, fromOn: from, ...made })
      .execute();
    await moveMediation(tx, step, {});
    const subjects = [{ kind: 'tip', id: tipId }];
    const ground = articleOf('testing', day);
    await interruptClocks(tx, { cause: body.kind, origin: origin(id), subjects, from, to: null, ground });
    const detail = { mediationId, testId: id, from };
    await audit(tx, { action: 'mediation.start_testing', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}

/** The result has come: C02 runs again from the day after. 409 `mediation.no_test`; 422 `mediation.test_before_start`. */
export async function endTesting(ctx: Ctx, tipId: string, body: EndTestingInput): Promise<MediationView> {
  return inTx(ctx, async (tx) => {
    const step = await lockMediation(tx, tipId, 'end_testing');
    const to = pastDay(body.toOn ?? dayOf(tx.now), tx.now, 'toOn');
    const test = requireTest(await testsOf(tx.db, step.mediation.id));
    requireFrom(to, test.fromOn, 'toOn');
    await closeTest(tx, test.id, { to, result: body.result });
    await moveMediation(tx, step, {});
    const detail = { mediationId: step.mediation.id, testId: test.id, to };
    await audit(tx, { action: 'mediation.end_testing', subject: { kind: 'tip', id: tipId }, detail });
    return getMediation(tx, tipId);
  });
}

function requireFrom(day: Day, start: Day, field: string): void {
  if (day >= start) return;
  const code = 'mediation.test_before_start';
  throw unprocessable(code, { day: start }, [{ field, code, params: { day: start } }]);
}

async function closeTest(
  tx: TxCtx,
  id: string,
  { to, result }: { to: Day; result: string | null },
): Promise<void> {
  await tx.db.updateTable('mediationTests').set({ toOn: to, result }).where('id', '=', id).execute();
  await endInterruption(tx, { origin: origin(id), to });
}

/** A test that is still under way when the mediation ends, ends with it. */
export async function closeTests(tx: TxCtx, mediationId: string): Promise<void> {
  const open = (await testsOf(tx.db, mediationId)).filter(({ toOn }) => toOn === null);
  for (const { id } of open) await closeTest(tx, id, { to: dayOf(tx.now), result: null });
}
