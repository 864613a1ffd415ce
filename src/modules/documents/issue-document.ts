import type { TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { audit } from '../audit/index.ts';
import { freeze } from './freeze.ts';
import { renderIssued } from './render-issued.ts';
import { bureauOf } from './store.ts';

/** A paper that a step of a file issues by itself. */
export type DocumentIssue = {
  kind: string;
  subject: { kind: string; id: string };
  data: unknown;
  on: Day;
  /** The number of another paper, for a form without one of its own. */
  number?: string;
  substitutions?: Record<string, string>;
  /** It names the reporter: sealed at rest. */
  confidential?: boolean;
  /** Whose paper it is, where the actor has no bureau. */
  bureauId?: string;
};

/** What became of it: its number (null for a form without), and the hash that stands in its foot. */
export type IssuedDocument = { id: string; number: string | null; contentHash: string };

/**
 * Issues a paper in the transaction of the step it belongs to: numbered and frozen now, drawn after commit.
 * Takes a counter row: call it late. Errors as `freeze`.
 */
export async function issueDocument(tx: TxCtx, issue: DocumentIssue): Promise<IssuedDocument> {
  const { kind, subject, data, on, number, substitutions = {}, confidential = false } = issue;
  const bureau = await bureauOf(tx, issue.bureauId);
  const given = number === undefined ? {} : { number };
  const frozen = await freeze(tx, {
    kind,
    subject,
    data,
    on,
    bureau,
    ...given,
    substitutions,
    sealed: confidential,
  });
  const id = tx.newId();
  await tx.db
    .insertInto('documents')
    .values({
      id,
      bureauId: bureau.id,
      kind,
      subjectKind: subject.kind,
      subjectId: subject.id,
      ...frozen,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  await announceIssue(tx, {
    id,
    bureauId: bureau.id,
    kind,
    subject,
    number: frozen.number,
    hash: frozen.contentHash,
  });
  return { id, number: frozen.number, contentHash: frozen.contentHash };
}

type Announcement = {
  id: string;
  bureauId: string;
  kind: string;
  subject: { kind: string; id: string };
  number: string | null;
  hash: string;
};

/** The trace of an issue, the event of it, and the drawing once it is certain. */
export async function announceIssue(tx: TxCtx, issued: Announcement): Promise<void> {
  const { id, bureauId, kind, subject, number, hash } = issued;
  await audit(tx, {
    action: 'document.issue',
    subject: { kind: 'document', id },
    detail: { kind, number, subject, contentHash: hash },
    bureauId,
  });
  tx.afterCommit(async (ctx) => void (await renderIssued(ctx, id)));
  await tx.react(tx, { type: 'document.issued', documentId: id, kind, number, subject });
}
