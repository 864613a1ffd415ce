import type { TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import type { Day } from '../../shared/clock.ts';
import { next } from '../../shared/workflow.ts';
import { proposeApproval } from '../approvals/index.ts';
import { audit } from '../audit/index.ts';
import { startClock } from '../deadlines/index.ts';
import { requireLive } from '../records/index.ts';
import { proposers } from './propose-case.ts';
import type { ClosingGround } from './procedure-schemas.ts';
import { CASE_FLOW, type CaseAction } from './rules.ts';
import { type CaseRow, lockCase, updateCase } from './store.ts';

/**
 * Holds a case for an act of its procedure: live, of the version the caller saw, and in a state that knows the act.
 * 404; 409; 412.
 */
export async function lockForAct(tx: TxCtx, id: string, action: CaseAction): Promise<CaseRow> {
  const row = await lockCase(tx, id);
  requireLive(row);
  checkVersion(tx, row);
  next(CASE_FLOW, row.state, action);
  return row;
}

/** Holds a case whose act a head has just decided on. 409 where it has moved on meanwhile and the act is approved. */
export async function lockDecided(
  tx: TxCtx,
  id: string,
  { action, isApproved }: { action: CaseAction; isApproved: boolean },
): Promise<CaseRow> {
  const row = await lockCase(tx, id);
  requireLive(row);
  if (isApproved) next(CASE_FLOW, row.state, action);
  return row;
}

/** How an act leaves its trace: the permission's own word, and what helps to understand it. */
export type Trace = { as: string; detail?: Record<string, unknown> };

/** Moves a locked case by an action of its flow, with what else changes, and its one trace. */
export async function moveCase(
  tx: TxCtx,
  row: CaseRow,
  action: CaseAction,
  { change = {}, as, detail = {} }: Trace & { change?: Partial<CaseRow> },
): Promise<CaseRow> {
  const updated = await updateCase(tx, row, { ...change, state: next(CASE_FLOW, row.state, action) });
  await audit(tx, { action: as, subject: { kind: 'case', id: row.id }, detail });
  return updated;
}

/** As `moveCase`, into the closing of the file on one of its eight grounds: the fifteen days of P15 begin. */
export async function enterClosing(
  tx: TxCtx,
  row: CaseRow,
  action: CaseAction,
  { ground, on, ...trace }: Trace & { ground: ClosingGround; on: Day },
): Promise<CaseRow> {
  const subject = { kind: 'case', id: row.id };
  await startClock(tx, { rule: 'P15', subject, trigger: trace.as, on });
  return moveCase(tx, row, action, { ...trace, change: { closingGround: ground, closingOn: on } });
}

/** What a head is asked about a case. */
export type Asked = { matter: string; grounds: string; detail?: Record<string, unknown> };

/** Puts a matter of a case before the head; its handlers and who types it are the proposers. Answers the approval's id. */
export async function askHead(tx: TxCtx, row: CaseRow, { matter, grounds, detail }: Asked): Promise<string> {
  const { id } = await proposeApproval(tx, {
    matter,
    subject: { kind: 'case', id: row.id },
    title: row.title,
    grounds,
    proposedBy: proposers(tx, row.officerIds),
    decides: 'head',
    ...(detail ? { detail } : {}),
  });
  return id;
}
