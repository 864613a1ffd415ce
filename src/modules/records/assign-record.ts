import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { unprocessable } from '../../shared/errors.ts';
import { audit } from '../audit/index.ts';
import { tellAssigned } from './assigned.ts';
import { checkAssignment, requireLive, requireOpen } from './rules.ts';
import type { AssignInput, RecordView } from './schemas.ts';
import type { RecordRow, RecordSpec } from './spec.ts';
import { lockRecord, updateRecord } from './store.ts';
import { viewOf } from './view.ts';

type Assignees = { assignedUnitId: string | null; assignedUserIds: string[] };

/** 422 unless unit and people are active ones of the actor's own bureau. */
async function checkAssignees(tx: TxCtx, { assignedUnitId, assignedUserIds }: Assignees): Promise<void> {
  const { bureauId } = tx.actor;
  if (assignedUnitId !== null) {
    const unit = await tx.db
      .selectFrom('units')
      .select('id')
      .where('id', '=', assignedUnitId)
      .where('bureauId', '=', bureauId)
      .where('isActive', '=', true)
      .executeTakeFirst();
    if (!unit) throw unprocessable('record.unknown_unit', {}, [{ field: 'unitId', code: 'field.invalid' }]);
  }
  if (assignedUserIds.length === 0) return;
  const people = await tx.db
    .selectFrom('users')
    .select('id')
    .where('id', 'in', assignedUserIds)
    .where('bureauId', '=', bureauId)
    .where('isActive', '=', true)
    .execute();
  if (people.length < assignedUserIds.length) {
    throw unprocessable('record.unknown_user', {}, [{ field: 'userIds', code: 'field.invalid' }]);
  }
}

/** Who has it after the act: those named; whoever takes it over; nobody, where it is sent back to be dispatched. */
function assigneesAfter({ actor }: TxCtx, body: AssignInput): Assignees {
  if (body.kind === 'send_back') return { assignedUnitId: null, assignedUserIds: [] };
  if (body.kind === 'take_over') return { assignedUnitId: actor.unitId, assignedUserIds: [actor.id] };
  return { assignedUnitId: body.unitId ?? null, assignedUserIds: [...new Set(body.userIds)] };
}

/** Appends who has it from now on. */
async function insertAssignment(
  tx: TxCtx,
  subject: { kind: string; row: RecordRow },
  body: AssignInput,
  { assignedUnitId, assignedUserIds }: Assignees,
): Promise<void> {
  await tx.db
    .insertInto('assignments')
    .values({
      id: tx.newId(),
      bureauId: subject.row.bureauId,
      subjectKind: subject.kind,
      subjectId: subject.row.id,
      kind: body.kind,
      unitId: assignedUnitId,
      userIds: assignedUserIds,
      reason: body.reason ?? null,
      at: tx.now,
      actorId: tx.actor.id,
    })
    .execute();
}

/**
 * Hands an open record to a unit and officers, takes it over, or sends it back with the reason. Not a change of state:
 * the workbench follows the assignee. 409 `record.void`, `record.closed`; 422 for people or units that are not ours.
 */
export async function assignRecord(
  ctx: Ctx,
  spec: RecordSpec,
  id: string,
  body: AssignInput,
): Promise<RecordView> {
  checkAssignment(body);
  return inTx(ctx, async (tx) => {
    const before = await lockRecord(tx, spec, id);
    requireLive(before);
    requireOpen(before, spec.closedStates ?? []);
    checkVersion(tx, before);
    const assignees = assigneesAfter(tx, body);
    await checkAssignees(tx, assignees);
    const after = await updateRecord(tx.db, spec, before, assignees);
    await insertAssignment(tx, { kind: spec.kind, row: before }, body, assignees);
    const detail = { kind: body.kind, ...assignees };
    await audit(tx, { action: `${spec.kind}.assign`, subject: { kind: spec.kind, id }, detail });
    await tellAssigned(tx, spec.kind, before, assignees);
    return viewOf(after);
  });
}
