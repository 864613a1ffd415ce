import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { dayOf } from '../../shared/clock.ts';
import { AppError, notFound, unprocessable } from '../../shared/errors.ts';
import { truncate } from '../../shared/text.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { proposers } from '../cases/index.ts';
import { certifiedOfficers } from '../identity/index.ts';
import { requireSameSource, resolveTies } from '../inspections/index.ts';
import { resolveParty } from '../parties/index.ts';
import { clueOnlyNote } from '../sources/index.ts';
import { listItems } from './add-items.ts';
import { getMeasure } from './queries.ts';
import { ARTICLES } from './rules.ts';
import type { MeasureView, ProposeMeasureInput } from './schemas.ts';
import { type MeasureRow, scenesOf } from './store.ts';

/**
 * Proposes to seal or seize (#8): of a source or a case, against one party, by two certified officers of the bureau
 * (K17); the head decides beforehand. An urgent one is carried out first and asked for within 24 hours (ACL 19).
 * 404; 422 `measure.of_nothing`, `measure.party_missing`, `measure.two_officers`, and K18, K19 by line.
 */
export async function proposeMeasure(ctx: Ctx, body: ProposeMeasureInput): Promise<MeasureView> {
  return inTx(ctx, async (tx) => getMeasure(tx, (await enterMeasure(tx, body)).id));
}

/** Enters a proposed measure with its first lines, and asks the head unless it is urgent. Errors as `proposeMeasure`. */
export async function enterMeasure(tx: TxCtx, body: ProposeMeasureInput): Promise<MeasureRow> {
  const ties = await tiesOf(tx, body);
  const party = await resolveParty(tx, { id: ties.partyId });
  const officerIds = await measureOfficers(tx, body.officerIds, dayOf(tx.now));
  const row = await insertMeasure(tx, body, { ...ties, partyId: party.id, officerIds });
  await listItems(tx, row, body.items);
  if (!row.isUrgent) {
    const approval = await askHead(tx, row, { partyName: party.name });
    await tx.db.updateTable('measures').set({ approvalId: approval.id }).where('id', '=', row.id).execute();
  }
  const detail = { kind: row.kind, isUrgent: row.isUrgent, ...ties, officerIds, items: body.items.length };
  await audit(tx, { action: 'measure.propose', subject: { kind: 'measure', id: row.id }, detail });
  return row;
}

type Settled = { sourceId: string; caseId: string | null; inspectionId: string | null; partyId: string };

const NO_SCENE = { id: null, sourceId: null, partyId: null };

async function sceneOf(tx: TxCtx, id: string | undefined) {
  if (id === undefined) return NO_SCENE;
  const [scene] = await scenesOf(tx, [id]);
  if (!scene) throw notFound();
  return scene;
}

async function tiesOf(tx: TxCtx, body: ProposeMeasureInput): Promise<Settled> {
  const { sourceId, caseId, inspectionId } = body;
  const scene = await sceneOf(tx, inspectionId);
  const ofScene = caseId === undefined ? scene.sourceId : null;
  const ties = await resolveTies(tx, {
    sourceId: sourceId ?? ofScene,
    caseId: caseId ?? null,
    partyId: body.partyId ?? scene.partyId,
  });
  requireSameSource(scene.sourceId, ties.sourceId, 'inspectionId');
  return {
    caseId: ties.caseId,
    sourceId: needed(ties.sourceId, 'measure.of_nothing', 'sourceId'),
    partyId: needed(ties.partyId, 'measure.party_missing', 'partyId'),
    inspectionId: scene.id,
  };
}

function needed(value: string | null, code: string, field: string): string {
  if (value === null) throw unprocessable(code, {}, [{ field, code: 'field.required' }]);
  return value;
}

/** The certified officers of a measure; 422 `measure.two_officers` (K17) for fewer than two. */
export async function measureOfficers(tx: TxCtx, ids: readonly string[], day: string): Promise<string[]> {
  try {
    return (await certifiedOfficers(tx, ids, day)).map((officer) => officer.id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'officer.two_certified') throw error;
    const params = { ...error.params, gate: 'K17', article: ARTICLES.officers };
    throw unprocessable('measure.two_officers', params, [
      { field: 'officerIds', code: 'measure.two_officers' },
    ]);
  }
}

async function insertMeasure(
  tx: TxCtx,
  body: ProposeMeasureInput,
  settled: Settled & { officerIds: string[] },
): Promise<MeasureRow> {
  const { kind, suspectedAct, reason, isUrgent, place } = body;
  return tx.db
    .insertInto('measures')
    .values({
      id: tx.newId(),
      bureauId: ownBureau(tx.actor),
      kind,
      suspectedAct,
      reason,
      isUrgent,
      place,
      ...settled,
      state: 'proposed',
      assignedUnitId: tx.actor.unitId,
      assignedUserIds: settled.officerIds,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

const KINDS = { sealing: '查封', seizure: '扣押', preservation: '先行登记保存' } as const;
const TITLE = 200;

/** Asks the head (#8): beforehand, or after an urgent execution by the end of the 24 hours. */
export async function askHead(
  tx: TxCtx,
  row: MeasureRow,
  { partyName, dueAt }: { partyName: string; dueAt?: Date },
): Promise<{ id: string }> {
  return proposeApproval(tx, {
    matter: 'measure.impose',
    subject: { kind: 'measure', id: row.id },
    title: truncate(`对${partyName}采取${KINDS[row.kind]}措施`, TITLE),
    grounds: `涉嫌${row.suspectedAct}\n${row.reason}${await clueOnlyNote(tx, row.sourceId)}`,
    proposedBy: proposers(tx, row.officerIds),
    decides: 'head',
    ...(dueAt ? { afterTheFact: true, dueAt } : {}),
  });
}
