import type { Kysely } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant } from '../../shared/clock.ts';
import { checkDecide, checkOpine, checkWithdraw } from './rules.ts';
import type { ApprovalView } from './schemas.ts';
import type { ApprovalRow } from './store.ts';

type Names = ReadonlyMap<string, string>;

async function namesOf(db: Kysely<DB>, rows: readonly ApprovalRow[]): Promise<Names> {
  const ids = new Set(
    rows.flatMap((row) => [...row.proposedBy, row.unitBy, row.unitFor, row.decidedBy, row.decidedFor]),
  );
  const known = [...ids].filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const people = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', known).execute();
  return new Map(people.map(({ id, name }) => [id, name]));
}

const actionsOf = (ctx: Ctx | TxCtx, row: ApprovalRow) =>
  allowedActions(ctx, [
    { action: 'opine', permission: 'approval.opine', check: () => checkOpine(row, ctx.actor) },
    { action: 'decide', permission: 'approval.decide', check: () => checkDecide(row, ctx.actor, 'approve') },
    { action: 'withdraw', permission: 'approval.withdraw', check: () => checkWithdraw(row, ctx.actor) },
  ]);

function viewOf(ctx: Ctx | TxCtx, row: ApprovalRow, names: Names): ApprovalView {
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const { id, matter, title, grounds, decides, unitOpinion, state, opinion, afterTheFact, version } = row;
  return {
    id,
    matter,
    title,
    grounds,
    decides,
    unitOpinion,
    state,
    opinion,
    afterTheFact,
    version,
    subject: { kind: row.subjectKind, id: row.subjectId },
    proposedBy: row.proposedBy.map(person),
    proposedAt: formatInstant(row.proposedAt),
    unitBy: row.unitBy === null ? null : person(row.unitBy),
    unitFor: row.unitFor === null ? null : person(row.unitFor),
    unitAt: row.unitAt && formatInstant(row.unitAt),
    decidedBy: row.decidedBy === null ? null : person(row.decidedBy),
    decidedFor: row.decidedFor === null ? null : person(row.decidedFor),
    decidedAt: row.decidedAt && formatInstant(row.decidedAt),
    dueAt: row.dueAt && formatInstant(row.dueAt),
    isOverdue: row.dueAt !== null && (row.decidedAt ?? ctx.now) > row.dueAt,
    allowedActions: actionsOf(ctx, row),
  };
}

/** Proposals as the caller sees them, with the names of people and what he may do. */
export async function viewsOf(ctx: Ctx | TxCtx, rows: readonly ApprovalRow[]): Promise<ApprovalView[]> {
  const names = await namesOf(ctx.db, rows);
  return rows.map((row) => viewOf(ctx, row, names));
}
