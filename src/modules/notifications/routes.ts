import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { countUnread, listNotifications } from './queries.ts';
import { readAllNotifications, readNotification } from './read-notifications.ts';
import { NotificationFilter, NotificationPage, ReadAllBody, UnreadView } from './schemas.ts';

const Read = z.object({ read: z.int() });

/** Everybody's own inbox: what he was told, and that he has read it. */
export const notificationRoutes: Routes = (app) => {
  app.get(
    '/api/notifications',
    {
      config: { permission: 'session' },
      schema: { querystring: NotificationFilter, response: { 200: NotificationPage } },
    },
    (req) => listNotifications(req.ctx, req.query),
  );
  app.get(
    '/api/notifications/unread',
    { config: { permission: 'session' }, schema: { response: { 200: UnreadView } } },
    (req) => countUnread(req.ctx),
  );
  app.post(
    '/api/notifications/:id/read',
    { config: { permission: 'session' }, schema: { params: IdParams, response: { 200: Read } } },
    (req) => readNotification(req.ctx, req.params.id),
  );
  app.post(
    '/api/notifications/read-all',
    { config: { permission: 'session' }, schema: { body: ReadAllBody, response: { 200: Read } } },
    (req) => readAllNotifications(req.ctx, req.body),
  );
};
