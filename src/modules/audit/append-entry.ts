import type { Insertable } from 'kysely';
import type { DomainEvent, TxCtx } from '../../context.ts';
import { compiledOnce } from '../../db/compiled.ts';
import type { AuditEntries } from '../../db/schema.ts';

/** One line of the trail: the permission's own verb, the thing it was done to, and what helps to understand it. */
export type AuditEntry = {
  /** `thing.verb`, the same word as the permission. */
  action: string;
  subject: { kind: string; id: string };
  /** Never reporter data, passwords, tokens or personal numbers: auditors read it. */
  detail?: Record<string, unknown>;
  /** The bureau whose trail it belongs to, where the actor has none (a laboratory, the public, the system). */
  bureauId?: string | null;
};

/** A change has left its trace: whatever the caller said is kept with its subject from now on. */
export type TraceLeft = DomainEvent & Pick<AuditEntry, 'action' | 'subject'> & { type: 'trace.left' };

const insertEntry = compiledOnce((db, { entry }: { entry: Insertable<AuditEntries> }) =>
  db.insertInto('auditEntries').values(entry),
);

/**
 * Writes the trace of a change, in the change's own transaction: both happen or neither does.
 * Exactly one entry per change; the elected sealer chains it after commit.
 */
export async function audit(tx: TxCtx, entry: AuditEntry): Promise<void> {
  await insertEntry(tx.db, {
    entry: {
      bureauId: entry.bureauId ?? tx.actor.bureauId,
      at: tx.now,
      actorKind: tx.actor.kind,
      actorId: tx.actor.id,
      actorName: tx.actor.name,
      actorRoles: [...tx.actor.roles],
      action: entry.action,
      subjectKind: entry.subject.kind,
      subjectId: entry.subject.id,
      detail: JSON.stringify(entry.detail ?? {}),
      requestId: tx.requestId,
    },
  });
  const event: TraceLeft = { ...entry, type: 'trace.left' };
  await tx.react(tx, event);
}
