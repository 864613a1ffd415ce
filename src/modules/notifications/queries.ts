import { type Selectable, sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { page } from '../../db/page.ts';
import type { Notifications } from '../../db/schema.ts';
import { labelOf, type SubjectLabel } from '../../db/subjects.ts';
import { hasText, text } from '../../i18n/index.ts';
import { formatInstant } from '../../shared/clock.ts';
import { ruleById } from '../deadlines/index.ts';
import {
  type NotificationFilter,
  type NotificationPage,
  type NotificationView,
  Told,
  type UnreadView,
} from './schemas.ts';

type Row = Selectable<Notifications> & { label: SubjectLabel | null; asOf: string };

/** Counting further tells nobody anything. */
const MOST_COUNTED = 100;

const own = ({ db, actor }: Ctx) =>
  db
    .selectFrom('notifications')
    .where('notifications.bureauId', '=', actor.bureauId)
    .where('notifications.userId', '=', actor.id);

/** What the actor was told, newest first. */
export async function listNotifications(ctx: Ctx, filter: NotificationFilter): Promise<NotificationPage> {
  if (ctx.actor.bureauId === null) return { items: [], next: null, asOf: null };
  const subject = sql.ref('notifications.subjectId');
  let query = own(ctx)
    .selectAll('notifications')
    .select(labelOf(ctx.actor, 'notifications.subjectKind', subject).as('label'))
    .select(sql<string>`pg_current_snapshot()::text`.as('asOf'));
  if (filter.unread) query = query.where('readAt', 'is', null);
  const columns = { time: 'notifications.createdAt', id: 'notifications.id' } as const;
  const { items, next } = await page(query, columns, filter);
  return { items: items.map((row) => viewOf(ctx, row)), next, asOf: items[0]?.asOf ?? null };
}

/** How much of it is unread. */
export async function countUnread(ctx: Ctx): Promise<UnreadView> {
  if (ctx.actor.bureauId === null) return { unread: 0 };
  const unread = own(ctx).select('id').where('readAt', 'is', null).limit(MOST_COUNTED);
  return ctx.db
    .selectFrom(unread.as('unread'))
    .select((eb) => eb.fn.countAll<number>().as('unread'))
    .executeTakeFirstOrThrow();
}

/** What it is called: its kind, and its number or else its name, where the reader may know them. */
function thingOf({ locale }: Ctx, { subjectKind, label }: Row): string {
  const key = `notification.thing.${subjectKind}`;
  const kind = hasText(locale, key) ? text(locale, key) : '';
  return `${kind} ${label?.number ?? label?.title ?? ''}`.trim();
}

/** Words of our own lists in the place of their keys. */
function inWords({ locale }: Ctx, params: Told['params']): Record<string, unknown> {
  const words: Record<string, unknown> = { ...params };
  if ('matter' in params) {
    const key = `notification.matter.${params.matter}`;
    words['matter'] = hasText(locale, key) ? text(locale, key) : params.matter;
  }
  if ('decision' in params) words['decision'] = text(locale, `notification.decision.${params.decision}`);
  if ('rule' in params) {
    const { titleZh, titleEn } = ruleById(params.rule);
    words['rule'] = locale === 'en' ? titleEn : titleZh;
  }
  if ('lastOn' in params) words['lastOn'] = params.lastOn ?? '';
  return words;
}

function viewOf(ctx: Ctx, row: Row): NotificationView {
  const { kind, params } = Told.parse({ kind: row.kind, params: row.params });
  const thing =
    'approvalId' in params
      ? { kind: 'approval', id: params.approvalId }
      : { kind: row.subjectKind, id: row.subjectId };
  return {
    id: row.id,
    kind,
    text: text(ctx.locale, `notification.${kind}`, { ...inWords(ctx, params), thing: thingOf(ctx, row) }),
    thing,
    createdAt: formatInstant(row.createdAt),
    readAt: row.readAt && formatInstant(row.readAt),
  };
}
