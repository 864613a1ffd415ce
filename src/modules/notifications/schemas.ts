import { z } from 'zod';
import { PageQuery, pageOf } from '../../db/page.ts';
import { DayText } from '../../shared/schemas.ts';

const Of = { matter: z.string(), approvalId: z.uuid() };
const Clock = { rule: z.string(), lastOn: DayText.nullable() };

/**
 * What can be told, each with what its sentence needs: ids, days, rules and words of our own lists. Nothing that
 * anybody has typed stands here, and so nothing a reporter has said.
 */
export const Told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approval.waiting'), params: z.strictObject(Of) }),
  z.object({
    kind: z.literal('approval.decided'),
    params: z.strictObject({ ...Of, decision: z.enum(['approved', 'refused']) }),
  }),
  z.object({ kind: z.literal('record.assigned'), params: z.strictObject({}) }),
  z.object({
    kind: z.literal('clock.due_soon'),
    params: z.strictObject({ rule: z.string(), targetOn: DayText }),
  }),
  z.object({ kind: z.literal('clock.overdue'), params: z.strictObject(Clock) }),
  z.object({
    kind: z.literal('clock.escalated'),
    params: z.strictObject({ ...Clock, daysOver: z.int() }),
  }),
  z.object({ kind: z.literal('clock.many_escalated'), params: z.strictObject({ clocks: z.int() }) }),
  z.object({ kind: z.literal('measure.expires'), params: z.strictObject(Clock) }),
  z.object({ kind: z.literal('measure.expired'), params: z.strictObject(Clock) }),
  z.object({
    kind: z.literal('calendar.awaited'),
    params: z.strictObject({ year: z.int(), clocks: z.int() }),
  }),
]);
export type Told = z.infer<typeof Told>;

export const NotificationKind = z.enum(Told.options.map(({ shape }) => shape.kind.value));

/** GET /api/notifications */
export const NotificationFilter = PageQuery.extend({
  unread: z.enum(['true']).optional(),
});
export type NotificationFilter = z.infer<typeof NotificationFilter>;

/** One thing somebody was told; `thing` is what it leads to. */
export const NotificationView = z.object({
  id: z.uuid(),
  kind: NotificationKind,
  text: z.string(),
  thing: z.object({ kind: z.string(), id: z.uuid() }),
  createdAt: z.string(),
  readAt: z.string().nullable(),
});
export type NotificationView = z.infer<typeof NotificationView>;

/** A page of them; `asOf` names what could be seen in it, null where nothing was. */
export const NotificationPage = pageOf(NotificationView).extend({ asOf: z.string().nullable() });
export type NotificationPage = z.infer<typeof NotificationPage>;

/** GET /api/notifications/unread: how many there are, counted to a hundred. */
export const UnreadView = z.object({ unread: z.int().min(0).max(100) });
export type UnreadView = z.infer<typeof UnreadView>;

/** POST /api/notifications/read-all: all that could be seen `asOf` the list that was shown. */
export const ReadAllBody = z.strictObject({
  asOf: z
    .string()
    .max(20_000)
    .regex(/^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/),
});
export type ReadAllInput = z.infer<typeof ReadAllBody>;
