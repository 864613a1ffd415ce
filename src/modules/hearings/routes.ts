import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { ServeBody } from '../services/schemas.ts';
import { endHearing, reportHearing, terminateHearing } from './end-hearing.ts';
import { appointHost, handFile } from './prepare-hearing.ts';
import { listHearings } from './queries.ts';
import { requestHearing } from './request-hearing.ts';
import { adjournHearing, announceHearing, scheduleHearing, serveHearingNotice } from './schedule-hearing.ts';
import * as s from './schemas.ts';

const response = { 200: s.HearingsView };
const params = IdParams;

/** The hearing of a proposed penalty, from the request to the report. */
export const hearingRoutes: Routes = (app) => {
  app.get(
    '/api/cases/:id/hearings',
    { config: { permission: 'case.read' }, schema: { params, response } },
    (req) => listHearings(req.ctx, req.params.id),
  );
  app.post(
    '/api/cases/:id/hearing/request',
    {
      config: { permission: 'hearing.request' },
      schema: { params, body: s.RequestHearingBody, response: { 201: s.HearingsView } },
    },
    async (req, reply) => reply.code(201).send(await requestHearing(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/hearing/appoint',
    { config: { permission: 'hearing.appoint' }, schema: { params, body: s.AppointHostBody, response } },
    (req) => appointHost(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/hearing/hand-file',
    { config: { permission: 'hearing.hand_file' }, schema: { params, body: s.HandFileBody, response } },
    (req) => handFile(req.ctx, req.params.id, req.body),
  );
  dateRoutes(app);
  endRoutes(app);
};

function dateRoutes(app: App): void {
  app.post(
    '/api/cases/:id/hearing/schedule',
    { config: { permission: 'hearing.schedule' }, schema: { params, body: s.ScheduleBody, response } },
    (req) => scheduleHearing(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/hearing/serve-notice',
    { config: { permission: 'hearing.serve_notice' }, schema: { params, body: ServeBody, response } },
    (req) => serveHearingNotice(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/hearing/announce',
    { config: { permission: 'hearing.announce' }, schema: { params, body: s.AnnounceBody, response } },
    (req) => announceHearing(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/hearing/adjourn',
    { config: { permission: 'hearing.adjourn' }, schema: { params, body: s.AdjournBody, response } },
    (req) => adjournHearing(req.ctx, req.params.id, req.body),
  );
}

function endRoutes(app: App): void {
  app.post(
    '/api/cases/:id/hearing/end',
    { config: { permission: 'hearing.end' }, schema: { params, body: s.EndHearingBody, response } },
    (req) => endHearing(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/hearing/terminate',
    {
      config: { permission: 'hearing.terminate' },
      schema: { params, body: s.TerminateHearingBody, response },
    },
    (req) => terminateHearing(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/hearing/report',
    { config: { permission: 'hearing.report' }, schema: { params, body: s.ReportHearingBody, response } },
    (req) => reportHearing(req.ctx, req.params.id, req.body),
  );
}
