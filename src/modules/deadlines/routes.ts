import { type Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { extendByHand } from './ask-extension.ts';
import { getClock, listHistory } from './clock-detail.ts';
import { excludeByHand, pauseByHand } from './exclude-by-hand.ts';
import { explainClock } from './explain.ts';
import { importCalendar, previewCalendar } from './import-calendar.ts';
import { listMoved } from './moved-clocks.ts';
import { listCalendars, listClocks } from './queries.ts';
import { removeExclusion, removeExtension } from './remove-part.ts';
import { restartByHand } from './restart-clock.ts';
import { resumeByHand } from './resume-by-hand.ts';
import * as s from './schemas.ts';
import { countByUnit, getWorkbench } from './workbench.ts';
import { UnitCounts, Workbench, WorkbenchFilter } from './workbench-schemas.ts';

/** The bureau's clocks, and what they are made of. */
const clockRoutes: Routes = (app) => {
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
  app.get(
    '/api/clocks/:id/history',
    {
      config: { permission: 'clock.read' },
      schema: { params: IdParams, querystring: s.HistoryQuery, response: { 200: s.HistoryPage } },
    },
    (req) => listHistory(req.ctx, req.params.id, req.query),
  );
};

const partOf = ({ id, partId }: { id: string; partId: string }) => ({ clockId: id, partId });

/** What takes time out of a clock by hand. */
const interruptionRoutes: Routes = (app) => {
  app.post(
    '/api/clocks/:id/exclude',
    {
      config: { permission: 'clock.exclude' },
      schema: { params: IdParams, body: s.ExcludeBody, response: { 200: s.ClockDetail } },
    },
    (req) => excludeByHand(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clocks/:id/pause',
    {
      config: { permission: 'clock.pause' },
      schema: { params: IdParams, body: s.PauseBody, response: { 200: s.ClockDetail } },
    },
    (req) => pauseByHand(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clocks/:id/resume',
    {
      config: { permission: 'clock.resume' },
      schema: { params: IdParams, body: s.ResumeBody, response: { 200: s.ClockDetail } },
    },
    (req) => resumeByHand(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clocks/:id/exclusions/:partId/remove',
    {
      config: { permission: 'clock.remove_exclusion' },
      schema: { params: s.PartParams, body: s.RemoveBody, response: { 200: s.ClockDetail } },
    },
    (req) => removeExclusion(req.ctx, partOf(req.params), req.body),
  );
};

/** What gives a clock more time, or another. */
const moreTimeRoutes: Routes = (app) => {
  app.post(
    '/api/clocks/:id/extend',
    {
      config: { permission: 'clock.extend' },
      schema: { params: IdParams, body: s.ExtendBody, response: { 200: s.ClockDetail } },
    },
    (req) => extendByHand(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clocks/:id/restart',
    {
      config: { permission: 'clock.restart' },
      schema: { params: IdParams, body: s.RestartBody, response: { 200: s.ClockDetail } },
    },
    (req) => restartByHand(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/clocks/:id/extensions/:partId/remove',
    {
      config: { permission: 'clock.remove_extension' },
      schema: { params: s.PartParams, body: s.RemoveBody, response: { 200: s.ClockDetail } },
    },
    (req) => removeExtension(req.ctx, partOf(req.params), req.body),
  );
};

/** The calendar clocks run by. */
const calendarRoutes: Routes = (app) => {
  app.get(
    '/api/calendars',
    { config: { permission: 'calendar.read' }, schema: { response: { 200: s.CalendarList } } },
    (req) => listCalendars(req.ctx),
  );
  app.post(
    '/api/calendars/preview',
    {
      config: { permission: 'calendar.import' },
      schema: { body: s.CalendarBody, response: { 200: s.CalendarPreview } },
    },
    (req) => previewCalendar(req.ctx, req.body),
  );
  app.get(
    '/api/calendars/:id/moved',
    {
      config: { permission: 'calendar.read' },
      schema: { params: IdParams, querystring: s.HistoryQuery, response: { 200: s.MovedPage } },
    },
    (req) => listMoved(req.ctx, req.params.id, req.query),
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

const workbenchRoutes: Routes = (app) => {
  app.get(
    '/api/workbench',
    {
      config: { permission: 'session' },
      schema: { querystring: WorkbenchFilter, response: { 200: Workbench } },
    },
    (req) => getWorkbench(req.ctx, req.query),
  );
  app.get(
    '/api/workbench/units',
    { config: { permission: 'clock.read' }, schema: { response: { 200: UnitCounts } } },
    (req) => countByUnit(req.ctx),
  );
};

/** Everything of the clocks. */
export const deadlineRoutes: Routes = (app) => {
  workbenchRoutes(app);
  clockRoutes(app);
  interruptionRoutes(app);
  moreTimeRoutes(app);
  calendarRoutes(app);
};
