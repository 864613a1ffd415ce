import { type RawBuilder, sql } from 'kysely';
import type { Actor, Ctx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { addMillis } from '../../shared/clock.ts';
import { waitsFor } from '../approvals/index.ts';
import type { WorkbenchFilter } from './workbench-schemas.ts';

type Branch = RawBuilder<unknown>;

/** A day that comes after all others: that of what has none. */
export const NO_DAY = 'infinity';

// Every branch answers what, id, kind, subject_id, due_on (never null), is_late, detail.
const clocks = (ctx: Ctx, whose: Branch): Branch => sql`
  select 'clock', k.id, k.subject_kind, k.subject_id, coalesce(k.target_on, ${NO_DAY}::date),
    coalesce(k.state = 'running' and k.ends_at < ${ctx.now}, false), null::text
  from clocks k where k.bureau_id = ${ownBureau(ctx.actor)} and k.state in ('running', 'paused') and ${whose}`;

const mine = ({ id }: Actor): Branch =>
  sql`(k.assigned_user_ids @> array[${id}::uuid] and k.assigned_user_ids <> '{}')`;

const ofUnit = (unitId: string): Branch => sql`(k.assigned_unit_id = ${unitId}::uuid)`;

// Of a unit and nobody in it; of nobody at all.
const unassigned = (unitId: string | null): Branch =>
  sql`(k.assigned_user_ids = '{}' and ${unitId === null ? sql`k.assigned_unit_id is null` : ofUnit(unitId)})`;

/** Samples of his that the laboratory has, has rejected, or has reported on. */
const samples = ({ actor, now }: Ctx): Branch => sql`
  select 'sample', x.id, 'sample', x.id,
    case when x.state in ('dispatched', 'received', 'testing') then coalesce(x.due_on, ${NO_DAY}::date)
      else ${NO_DAY}::date end,
    coalesce(x.state in ('dispatched', 'received', 'testing')
      and x.due_on < (${now}::timestamptz at time zone 'Asia/Shanghai')::date, false), null
  from samples x
  where x.bureau_id = ${actor.bureauId} and x.voided_at is null
    and x.assigned_user_ids @> array[${actor.id}::uuid] and x.assigned_user_ids <> '{}'
    and x.state in ('dispatched', 'received', 'testing', 'rejected', 'reported')`;

const dueDay = sql`coalesce((approvals.due_at at time zone 'Asia/Shanghai')::date, ${NO_DAY}::date)`;

const approvals = ({ actor, now }: Ctx): Branch => sql`
  select 'approval', approvals.id, approvals.subject_kind, approvals.subject_id, ${dueDay},
    coalesce(approvals.due_at < ${now}, false), approvals.matter
  from approvals where approvals.bureau_id = ${actor.bureauId} and ${waitsFor(actor)}`;

/** How long a refusal stays before the eyes of who proposed it. */
const REFUSED_DAYS = 30;

const returned = ({ actor, now }: Ctx): Branch => sql`
  select 'returned', approvals.id, approvals.subject_kind, approvals.subject_id, ${NO_DAY}::date, false, approvals.matter
  from approvals
  where approvals.bureau_id = ${actor.bureauId} and approvals.state = 'refused'
    and approvals.proposed_by @> array[${actor.id}::uuid]
    and approvals.decided_at > ${addMillis(now, -REFUSED_DAYS * 86_400_000)}`;

const drafts = ({ actor }: Ctx): Branch => sql`
  select 'draft', d.id, d.subject_kind, d.subject_id, ${NO_DAY}::date, false, d.kind
  from documents d where d.bureau_id = ${actor.bureauId} and d.created_by = ${actor.id} and d.state = 'draft'`;

/** What a laboratory's people do next with its samples: receive, enter, verify (never one's own entry), report. */
function laboratoryWork({ actor, now }: Ctx): Branch {
  const may = (permission: string): boolean => actor.permissions.has(permission);
  return sql`
    select case when r.id is null then 'sample' else 'result' end, coalesce(r.id, x.id), 'sample', x.id,
      coalesce(x.due_on, ${NO_DAY}::date),
      coalesce(x.due_on < (${now}::timestamptz at time zone 'Asia/Shanghai')::date, false), null
    from samples x
    left join lateral (select l.id, l.state from laboratory_reports l where l.sample_id = x.id
      order by l.report_version desc limit 1) r on true
    where x.laboratory_id = ${actor.laboratoryId} and x.voided_at is null and (
      (${may('sample.receive')}::boolean and x.state = 'dispatched')
      or (${may('sample.record_result')}::boolean and x.state in ('received', 'testing')
        and coalesce(r.state, 'returned') = 'returned')
      or (${may('sample.verify_result')}::boolean and x.state = 'testing' and r.state = 'entered'
        and not exists (select from laboratory_reports l where l.sample_id = x.id and l.entered_by::text = ${actor.id}))
      or (${may('sample.report')}::boolean and x.state = 'testing' and r.state = 'verified'))`;
}

function clockBranches(ctx: Ctx, { whose, unitId }: WorkbenchFilter): Branch[] {
  if (!ctx.actor.permissions.has('clock.read')) return [];
  if (unitId !== undefined) return [clocks(ctx, ofUnit(unitId))];
  if (whose === 'nobody') return [clocks(ctx, unassigned(null))];
  const unit = ctx.actor.unitId;
  return [clocks(ctx, mine(ctx.actor)), ...(unit === null ? [] : [clocks(ctx, unassigned(unit))])];
}

function bureauBranches(ctx: Ctx, filter: WorkbenchFilter): Branch[] {
  const may = (permission: string): boolean => ctx.actor.permissions.has(permission);
  return [
    ...clockBranches(ctx, filter),
    ...(isMine(filter) && may('sample.read') ? [samples(ctx)] : []),
    ...(isMine(filter) && may('approval.read') ? [approvals(ctx), returned(ctx)] : []),
    ...(isMine(filter) && may('document.draft') ? [drafts(ctx)] : []),
  ];
}

const isMine = ({ unitId, whose }: WorkbenchFilter): boolean => unitId === undefined && whose === 'me';

/** Everything that waits for the caller, as rows of one subquery; null where nothing ever can. */
export function thingsOf(ctx: Ctx, filter: WorkbenchFilter): RawBuilder<unknown> | null {
  const isBureau = ctx.actor.laboratoryId === null;
  const ofLaboratory = isMine(filter) ? [laboratoryWork(ctx)] : [];
  const branches = isBureau ? bureauBranches(ctx, filter) : ofLaboratory;
  return branches.length === 0 ? null : sql.join(branches, sql` union all `);
}
