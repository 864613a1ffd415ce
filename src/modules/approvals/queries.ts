import { sql } from 'kysely';
import type { Actor, Ctx } from '../../context.ts';
import { type Page, page } from '../../db/page.ts';
import { notFound } from '../../shared/errors.ts';
import { handlers } from './handlers.ts';
import type { ApprovalQuery, ApprovalView } from './schemas.ts';
import { approvals } from './store.ts';
import { viewsOf } from './view.ts';

/** Whether it waits for this actor: he may decide it or give the opinion, and handles nothing of it. */
function waitsFor(actor: Actor) {
  const ranks = ['approval.decide', 'approval.decide_principal']
    .filter((permission) => actor.permissions.has(permission))
    .map((permission) => (permission === 'approval.decide' ? 'head' : 'principal_head'));
  const mayOpine = actor.permissions.has('approval.opine');
  return sql<boolean>`(approvals.state = 'proposed'
    and (approvals.decides = any (${ranks}::text[]) or (${mayOpine}::boolean and approvals.unit_by is null))
    and approvals.unit_by::text is distinct from ${actor.id}
    and ${actor.id} <> all (${handlers}::text[]))`;
}

/** The bureau's proposals, newest first. */
export async function listApprovals(ctx: Ctx, filter: ApprovalQuery): Promise<Page<ApprovalView>> {
  let query = approvals(ctx.db).where('approvals.bureauId', '=', ctx.actor.bureauId);
  if (filter.state) query = query.where('approvals.state', '=', filter.state);
  if (filter.waiting) query = query.where(waitsFor(ctx.actor));
  if (filter.matter) query = query.where('approvals.matter', '=', filter.matter);
  if (filter.subjectKind) query = query.where('approvals.subjectKind', '=', filter.subjectKind);
  if (filter.subjectId) query = query.where('approvals.subjectId', '=', filter.subjectId);
  const columns = { time: 'approvals.proposedAt', id: 'approvals.id' } as const;
  const { items, next } = await page(query, columns, filter);
  return { items: await viewsOf(ctx, items), next };
}

/** One proposal; 404 where it is not of the actor's bureau. */
export async function getApproval(ctx: Ctx, id: string): Promise<ApprovalView> {
  const row = await approvals(ctx.db)
    .where('approvals.id', '=', id)
    .where('approvals.bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!row) throw notFound();
  return (await viewsOf(ctx, [row]))[0]!;
}
