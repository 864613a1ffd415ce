import { type Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { excludeByHand } from './exclude-by-hand.ts';
import { explainClock } from './explain.ts';
import { importCalendar } from './import-calendar.ts';
import { getClock, listCalendars, listClocks } from './queries.ts';
import * as s from './schemas.ts';

/** The workbench's clocks, what they are made of, and the calendar they run by. */
export const deadlineRoutes: Routes = (app) => {
  app.get(
    '/api/clocks',
    {
      config: { permission: 'clock.read' },
      schema: { querystring: s.ClockFilter, response: { 200: pageOf(s.ClockView) } },
    },
    (req) => listClocks(req.ctx, req.query),
  );
  app.get(
    '/api/clocks/:id',
    { config: { permission: 'clock.read' }, schema: { params: IdParams, response: { 200: s.ClockDetail } } },
    (req) => getClock(req.ctx, req.params.id),
  );
  app.get(
    '/api/clocks/:id/explain',
    {
      config: { permission: 'clock.read' },
      schema: { params: IdParams, response: { 200: s.ClockExplanation } },
    },
    (req) => explainClock(req.ctx, req.params.id),
  );
  app.post(
    '/api/clocks/:id/exclude',
    {
      config: { permission: 'clock.exclude' },
      schema: { params: IdParams, body: s.ExcludeBody, response: { 200: s.ClockDetail } },
    },
    (req) => excludeByHand(req.ctx, req.params.id, req.body),
  );
  app.get(
    '/api/calendars',
    { config: { permission: 'calendar.read' }, schema: { response: { 200: s.CalendarList } } },
    (req) => listCalendars(req.ctx),
  );
  app.post(
    '/api/calendars',
    {
      config: { permission: 'calendar.import' },
      schema: { body: s.CalendarBody, response: { 201: s.ImportedCalendar } },
    },
    async (req, reply) => reply.code(201).send(await importCalendar(req.ctx, req.body)),
  );
};
