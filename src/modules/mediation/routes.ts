import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { MEDIATION_RECORD } from './amend-mediation.ts';
import { settleMediation, terminateMediation } from './end-mediation.ts';
import { getMediation } from './queries.ts';
import { reportClue } from './report-clue.ts';
import * as s from './schemas.ts';
import { delegateMediation, startMediation } from './start-mediation.ts';
import { resumeMediation, suspendMediation } from './suspend-mediation.ts';
import { tellParties } from './tell-parties.ts';
import { endTesting, startTesting } from './test-goods.ts';

const response = { 200: s.MediationView };
const params = IdParams;

/** The mediation of an accepted complaint, from the consent of both to its end. */
export const mediationRoutes: Routes = (app) => {
  app.get(
    '/api/tips/:id/mediation',
    { config: { permission: 'tip.read' }, schema: { params, response } },
    (req) => getMediation(req.ctx, req.params.id),
  );
  startRoutes(app);
  testingRoutes(app);
  endRoutes(app);
  recordRoutes(app, MEDIATION_RECORD);
};

function startRoutes(app: App): void {
  app.post(
    '/api/tips/:id/mediation/start',
    { config: { permission: 'mediation.start' }, schema: { params, body: s.StartBody, response } },
    (req) => startMediation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/delegate',
    { config: { permission: 'mediation.delegate' }, schema: { params, body: s.DelegateBody, response } },
    (req) => delegateMediation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/suspend',
    { config: { permission: 'mediation.suspend' }, schema: { params, body: s.SuspendBody, response } },
    (req) => suspendMediation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/resume',
    { config: { permission: 'mediation.resume' }, schema: { params, body: s.ResumeBody, response } },
    (req) => resumeMediation(req.ctx, req.params.id, req.body),
  );
}

function testingRoutes(app: App): void {
  app.post(
    '/api/tips/:id/mediation/start-testing',
    {
      config: { permission: 'mediation.start_testing' },
      schema: { params, body: s.StartTestingBody, response },
    },
    (req) => startTesting(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/end-testing',
    { config: { permission: 'mediation.end_testing' }, schema: { params, body: s.EndTestingBody, response } },
    (req) => endTesting(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/report-clue',
    { config: { permission: 'mediation.report_clue' }, schema: { params, body: s.ReportClueBody, response } },
    (req) => reportClue(req.ctx, req.params.id, req.body),
  );
}

function endRoutes(app: App): void {
  app.post(
    '/api/tips/:id/mediation/settle',
    { config: { permission: 'mediation.settle' }, schema: { params, body: s.SettleBody, response } },
    (req) => settleMediation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/terminate',
    { config: { permission: 'mediation.terminate' }, schema: { params, body: s.TerminateBody, response } },
    (req) => terminateMediation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/mediation/tell',
    { config: { permission: 'mediation.tell' }, schema: { params, body: s.TellBody, response } },
    (req) => tellParties(req.ctx, req.params.id, req.body),
  );
}
