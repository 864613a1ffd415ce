import type { DomainEvent, TxCtx } from '../../context.ts';
import { ownBureau } from '../../db/scope.ts';
import { type Day, dayOf, parseInstant } from '../../shared/clock.ts';
import { unprocessable } from '../../shared/errors.ts';
import { startClock } from '../deadlines/index.ts';
import { requireNotBefore, servedDay } from './rules.ts';
import type { ServeInput } from './schemas.ts';

/** What is served, to whom, and since when it exists. */
export type Served = {
  subject: { kind: string; id: string };
  paperTitle: string;
  recipient: string;
  madeOn: Day;
};

/** A paper has reached its party, or by public notice will be deemed to have on a day to come. */
export type DocumentServed = DomainEvent & {
  type: 'document.served';
  documentId: string;
  serviceId: string;
  servedOn: Day;
};

/** The day the service counts from; null where the attempt failed. A public notice counts from a day to come. */
export type ServiceDone = { id: string; servedOn: Day | null; postedOn: Day | null };

/**
 * Keeps one service of one paper (#50), in the act that serves it, which writes the trace. A public notice is deemed
 * served when its days have passed (P14). 422 `service.incomplete`, `service.too_early`, `service.unknown_server`,
 * `service.unknown_paper`.
 */
export async function recordService(tx: TxCtx, what: Served, body: ServeInput): Promise<ServiceDone> {
  const day = servedDay(body, dayOf(tx.now));
  if (day) requireNotBefore(day, what.madeOn, body.way);
  const id = tx.newId();
  const postedOn = day?.isDeemed ? day.on : null;
  const servedOn = postedOn === null ? (day?.on ?? null) : await deemedOn(tx, id, postedOn);
  const { serverIds, reachedAt, servedOn: _given, ...kept } = body;
  await requireOwn(tx, body);
  await tx.db
    .insertInto('services')
    .values({
      ...kept,
      id,
      bureauId: ownBureau(tx.actor),
      subjectKind: what.subject.kind,
      subjectId: what.subject.id,
      paperTitle: what.paperTitle,
      recipient: what.recipient,
      serverNames: await namesOf(tx, serverIds),
      reachedAt: reachedAt === undefined ? null : parseInstant(reachedAt),
      servedOn,
      createdBy: tx.actor.id,
      createdAt: tx.now,
    })
    .execute();
  if (body.documentId !== undefined && servedOn !== null) {
    const event: DocumentServed = {
      type: 'document.served',
      documentId: body.documentId,
      serviceId: id,
      servedOn,
    };
    await tx.react(tx, event);
  }
  return { id, servedOn, postedOn };
}

/** The first working day on or after the last of the notice's days: nobody can say that it came too early. */
async function deemedOn(tx: TxCtx, id: string, postedOn: Day): Promise<Day> {
  const subject = { kind: 'service', id };
  const clock = await startClock(tx, { rule: 'P14', subject, trigger: 'service.post', on: postedOn });
  const day = clock?.rolledOn ?? clock?.rawOn;
  if (!day) throw unprocessable('service.no_notice_period');
  return day;
}

async function namesOf(tx: TxCtx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .where('bureauId', '=', ownBureau(tx.actor))
    .execute();
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return ids.map((id) => {
    const name = names.get(id);
    if (name !== undefined) return name;
    throw unprocessable('service.unknown_server', {}, [{ field: 'serverIds', code: 'field.invalid' }]);
  });
}

/** A paper and a file it names must be the bureau's own. */
async function requireOwn(tx: TxCtx, { documentId, attachmentId }: ServeInput): Promise<void> {
  const bureauId = ownBureau(tx.actor);
  for (const [table, id, field] of [
    ['documents', documentId, 'documentId'],
    ['attachments', attachmentId, 'attachmentId'],
  ] as const) {
    if (id === undefined) continue;
    const row = await tx.db
      .selectFrom(table)
      .select('id')
      .where('id', '=', id)
      .where('bureauId', '=', bureauId)
      .executeTakeFirst();
    if (!row) throw unprocessable('service.unknown_paper', {}, [{ field, code: 'field.invalid' }]);
  }
}
