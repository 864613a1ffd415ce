import type { Kysely } from 'kysely';
import type { Ctx, TxCtx } from '../../context.ts';
import type { DB } from '../../db/schema.ts';
import { type ActionCheck, allowedActions } from '../../i18n/allowed-actions.ts';
import { dayOf, formatInstantOrNull } from '../../shared/clock.ts';
import { notFound } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { CASE_FLOW, type CaseAction } from '../cases/index.ts';
import { clocksOf } from '../deadlines/index.ts';
import { requestFacts } from '../penalties/index.ts';
import { servicesOf } from '../services/index.ts';
import {
  type HearingAction,
  nextState,
  requireHost,
  requireOffered,
  type RequestFacts,
  requireTold,
} from './rules.ts';
import type { HearingsView, HearingView } from './schemas.ts';
import { type HearingRow, hearingsOf } from './store.ts';

type Names = ReadonlyMap<string, string>;

async function namesOf(db: Kysely<DB>, rows: readonly HearingRow[]): Promise<Names> {
  const ids = rows
    .flatMap((row) => [row.hostId, row.recorderId, ...row.memberIds])
    .filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const people = await db.selectFrom('users').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(people.map(({ id, name }) => [id, name]));
}

function viewOf(row: HearingRow, names: Names, services: HearingView['services']): HearingView {
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  return {
    ...row,
    host: row.hostId === null ? null : person(row.hostId),
    members: row.memberIds.map(person),
    recorder: row.recorderId === null ? null : person(row.recorderId),
    heldAt: formatInstantOrNull(row.heldAt),
    endedAt: formatInstantOrNull(row.endedAt),
    adjournments: row.adjournments as HearingView['adjournments'],
    services,
  };
}

type Facts = { state: keyof typeof CASE_FLOW; open: HearingRow | undefined; request: RequestFacts };

function checksOf(ctx: Ctx | TxCtx, { state, open, request }: Facts): ActionCheck[] {
  const step = (name: string, ofCase: CaseAction, step: HearingAction, rule?: () => void): ActionCheck => ({
    action: name,
    permission: `hearing.${name}`,
    check: () => {
      next(CASE_FLOW, state, ofCase);
      nextState(open, step);
      rule?.();
    },
  });
  const host = (): void => requireHost(open, ctx.actor.id);
  const request_ = (): void => {
    next(CASE_FLOW, state, 'request_hearing');
    requireOffered(request, dayOf(ctx.now));
  };
  return [
    { action: 'request', permission: 'hearing.request', check: request_ },
    step('appoint', 'appoint_host', 'appoint_host'),
    step('hand_file', 'hand_file', 'hand_file'),
    step('schedule', 'schedule_hearing', 'schedule', host),
    step('serve_notice', 'schedule_hearing', 'serve_notice'),
    step('announce', 'schedule_hearing', 'announce'),
    step('adjourn', 'adjourn', 'adjourn', host),
    step('end', 'end_hearing', 'end', () => {
      host();
      requireTold(open!);
    }),
    step('terminate', 'terminate_hearing', 'terminate'),
    step('report', 'report', 'report', host),
  ];
}

/** The hearings of a case, with their limits and what may be done now. 404. */
export async function listHearings(ctx: Ctx | TxCtx, caseId: string): Promise<HearingsView> {
  const { db } = ctx;
  const found = await db
    .selectFrom('cases')
    .select('state')
    .where('id', '=', caseId)
    .where('bureauId', '=', ctx.actor.bureauId)
    .executeTakeFirst();
  if (!found) throw notFound();
  const rows = await hearingsOf(db, caseId);
  const ids = rows.map(({ id }) => id);
  const [names, services] = [await namesOf(db, rows), await servicesOf(db, ids)];
  const open = rows.find(({ state }) => state !== 'terminated' && state !== 'reported');
  const facts = { state: found.state, open, request: await requestFacts(ctx, caseId) };
  const subjects = ids.map((id) => ({ kind: 'hearing', id }));
  return {
    caseId,
    state: found.state,
    hearings: rows.map((row) => viewOf(row, names, services.get(row.id) ?? [])),
    clocks: await clocksOf(db, subjects, ctx.now),
    allowedActions: allowedActions(ctx, checksOf(ctx, facts)),
  };
}
