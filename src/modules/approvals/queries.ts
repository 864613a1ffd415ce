import { sql } from 'kysely';
import type { Actor, Ctx } from '../../context.ts';
import { asked } from '../../db/list.ts';
import { type Page, page } from '../../db/page.ts';
import { labelled, labelOf } from '../../db/subjects.ts';
import { notFound } from '../../shared/errors.ts';
import { handlers } from './handlers.ts';
import type { ApprovalQuery, ApprovalRow, ApprovalView } from './schemas.ts';
import { approvals } from './store.ts';
import { viewsOf } from './view.ts';

/** Whether it waits for this actor: he may decide it or give the opinion, and handles nothing of it. */
export function waitsFor(actor: Actor) {
  const ranks = ['approval.decide', 'approval.decide_principal']
    .filter((permission) => actor.permissions.has(permission))
    .map((permission) => (permission === 'approval.decide' ? 'head' : 'principal_head'));
  const mayOpine = actor.permissions.has('approval.opine');
  return sql<boolean>`(approvals.state = 'proposed'
    and ((approvals.decides = any (${ranks}::text[]) and ${freeAmong(headsFor(actor, 'approval.decide'))})
      or (${mayOpine}::boolean and approvals.unit_by is null and ${freeAmong(headsFor(actor, 'approval.opine'))}))
    and ${actor.id} not in (coalesce(approvals.unit_by::text, ''), coalesce(approvals.unit_for::text, ''))
    and ${actor.id} <> all (${handlers}::text[]))`;
}

/** The heads whose power it would be; undefined where it is his own. */
function headsFor({ standsFor = [] }: Actor, permission: string): string[] | undefined {
  const heads = standsFor.filter(({ permissions }) => permissions.includes(permission)).map(({ id }) => id);
  return heads.length > 0 ? heads : undefined;
}

/** Whether one of these heads has had no hand in it yet. */
const freeAmong = (heads: readonly string[] | undefined) =>
  heads === undefined
    ? sql`true`
    : sql`exists (select 1 from unnest(${heads}::text[]) as head
        where head <> all (${handlers}::text[])
          and head not in (coalesce(approvals.unit_by::text, ''), coalesce(approvals.unit_for::text, '')))`;

/** Whether the time its decision was due has passed, before it was made or without it. */
const late = (now: Date) =>
  sql<boolean>`coalesce(coalesce(approvals.decided_at, ${now}) > approvals.due_at, false)`;

function filtered(ctx: Ctx, filter: ApprovalQuery) {
  let query = approvals(ctx.db)
    .select(labelOf(ctx.actor, 'approvals.subjectKind', sql.ref('approvals.subjectId')).as('label'))
    .where('approvals.bureauId', '=', ctx.actor.bureauId)
    .where(asked(ctx, { table: 'approvals', time: 'proposedAt', texts: ['title', 'grounds'] }, filter));
  const { waiting, proposer, matter, subjectKind, subjectId } = filter;
  if (waiting) query = query.where(waitsFor(ctx.actor));
  if (proposer) {
    const id = proposer === 'me' ? ctx.actor.id : proposer;
    query = query.where(sql<boolean>`approvals.proposed_by @> array[${id}::uuid]`);
  }
  if (matter) query = query.where('approvals.matter', 'in', matter);
  if (subjectKind) query = query.where('approvals.subjectKind', '=', subjectKind);
  if (subjectId) query = query.where('approvals.subjectId', '=', subjectId);
  return filter.overdue === undefined ? query : query.where(late(ctx.now), '=', filter.overdue);
}

/** The bureau's proposals, newest first. */
export async function listApprovals(ctx: Ctx, filter: ApprovalQuery): Promise<Page<ApprovalRow>> {
  const columns = { time: 'approvals.proposedAt', id: 'approvals.id' } as const;
  const { items, next } = await page(filtered(ctx, filter), columns, filter);
  const views = await viewsOf(ctx, items);
  return { items: views.map((view, i) => ({ ...view, ...labelled(items[i]!.label) })), next };
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
