import type { Insertable, Kysely, Selectable } from 'kysely';
import type { TxCtx } from '../../context.ts';
import type { DB, Mediations } from '../../db/schema.ts';
import { conflict } from '../../shared/errors.ts';
import { type ComplaintAction, lockForAct, nextState, type TipRecord, updateTip } from '../tips/index.ts';

export type MediationRow = Selectable<Mediations>;

/** The mediation of a complaint that stands; undefined where there is none. */
export const findMediation = (db: Kysely<DB>, tipId: string): Promise<MediationRow | undefined> =>
  db
    .selectFrom('mediations')
    .selectAll()
    .where('tipId', '=', tipId)
    .where('voidedAt', 'is', null)
    .executeTakeFirst();

/** A locked complaint with its mediation, and the state the act leads to. 404, 409, 412. */
export type Step = { tip: TipRecord; state: TipRecord['state']; mediation: MediationRow | undefined };

/** Locks the complaint, which carries the state of its mediation, for an act. */
export async function lockStep(tx: TxCtx, tipId: string, action: ComplaintAction): Promise<Step> {
  const tip = await lockForAct(tx, tipId);
  const state = nextState(tip, action);
  return { tip, state, mediation: await findMediation(tx.db, tipId) };
}

/** As `lockStep`, where somebody mediates. 409 `mediation.none`. */
export async function lockMediation(
  tx: TxCtx,
  tipId: string,
  action: ComplaintAction,
): Promise<Step & { mediation: MediationRow }> {
  const { mediation, ...step } = await lockStep(tx, tipId, action);
  if (!mediation) throw conflict('mediation.none');
  return { ...step, mediation };
}

/** Writes changes to a mediation and moves its complaint. */
export async function moveMediation(
  tx: TxCtx,
  { tip, state, mediation }: Step & { mediation: MediationRow },
  changes: Partial<Insertable<Mediations>>,
): Promise<void> {
  await tx.db
    .updateTable('mediations')
    .set({ ...changes, version: mediation.version + 1 })
    .where('id', '=', mediation.id)
    .execute();
  await updateTip(tx, tip, { state });
}

/** Writes a new mediation and moves its complaint. */
export async function insertMediation(
  tx: TxCtx,
  { tip, state }: Step,
  fields: Partial<Insertable<Mediations>>,
): Promise<string> {
  const id = tx.newId();
  const made = { createdBy: tx.actor.id, createdAt: tx.now };
  await tx.db
    .insertInto('mediations')
    .values({ ...fields, id, bureauId: tip.bureauId, tipId: tip.id, ...made })
    .execute();
  await updateTip(tx, tip, { state });
  return id;
}

/** The challenges of mediations, the first first. */
export const challengesOf = (db: Kysely<DB>, mediationId: string) =>
  db
    .selectFrom('mediationChallenges')
    .selectAll()
    .where('mediationId', '=', mediationId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();

/** The tests of a mediation, the first first. */
export const testsOf = (db: Kysely<DB>, mediationId: string) =>
  db
    .selectFrom('mediationTests')
    .selectAll()
    .where('mediationId', '=', mediationId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
