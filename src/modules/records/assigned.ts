import type { DomainEvent, TxCtx } from '../../context.ts';

/** Somebody else has a record than before: `before` had it until now. */
export type RecordAssigned = DomainEvent & {
  type: 'record.assigned';
  subject: { kind: string; id: string };
  bureauId: string;
  unitId: string | null;
  userIds: readonly string[];
  before: readonly string[];
};

type Held = { id: string; bureauId: string; assignedUserIds?: string[] };

/** Tells those above who has a record from now on: its clocks follow, and people hear of it. */
export async function tellAssigned(
  tx: TxCtx,
  kind: string,
  before: Held,
  after: { assignedUnitId: string | null; assignedUserIds: readonly string[] },
): Promise<void> {
  const event: RecordAssigned = {
    type: 'record.assigned',
    subject: { kind, id: before.id },
    bureauId: before.bureauId,
    unitId: after.assignedUnitId,
    userIds: after.assignedUserIds,
    before: before.assignedUserIds ?? [],
  };
  await tx.react(tx, event);
}
