import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { SOURCE_RECORD } from './amend-source.ts';
import { declineSource, extendSource } from './ask-head.ts';
import { handOverSource } from './conclude-source.ts';
import { excludeSourceTime } from './exclude-source-time.ts';
import { getSource, listSources } from './queries.ts';
import { registerSourceByHand } from './register-source.ts';
import * as s from './schemas.ts';
import { recordVerification, verifySource } from './verify-source.ts';

/** Case sources of any origin: entered, verified, decided on. */
export const sourceRoutes: Routes = (app) => {
  app.post(
    '/api/sources',
    {
      config: { permission: 'source.register' },
      schema: { body: s.RegisterSourceBody, response: { 201: s.SourceView } },
    },
    async (req, reply) => reply.code(201).send(await registerSourceByHand(req.ctx, req.body)),
  );
  app.get(
    '/api/sources',
    {
      config: { permission: 'source.read', sheet: { kind: 'source', columns: s.SOURCE_COLUMNS } },
      schema: { querystring: s.SourceFilter, response: { 200: s.SourcePage } },
    },
    (req) => listSources(req.ctx, req.query),
  );
  app.get(
    '/api/sources/:id',
    { config: { permission: 'source.read' }, schema: { params: IdParams, response: { 200: s.SourceView } } },
    (req) => getSource(req.ctx, req.params.id),
  );
  actRoutes(app);
  recordRoutes(app, SOURCE_RECORD);
};

function actRoutes(app: App): void {
  const response = { 200: s.SourceView };
  app.post(
    '/api/sources/:id/verify',
    { config: { permission: 'source.verify' }, schema: { params: IdParams, body: s.VerifyBody, response } },
    (req) => verifySource(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/sources/:id/verification',
    {
      config: { permission: 'source.record_verification' },
      schema: { params: IdParams, body: s.RecordVerificationBody, response },
    },
    (req) => recordVerification(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/sources/:id/exclusions',
    {
      config: { permission: 'source.verify' },
      schema: { params: IdParams, body: s.ExclusionBody, response },
    },
    (req) => excludeSourceTime(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/sources/:id/extend',
    { config: { permission: 'source.extend' }, schema: { params: IdParams, body: s.ExtendBody, response } },
    (req) => extendSource(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/sources/:id/decline',
    { config: { permission: 'source.decline' }, schema: { params: IdParams, body: s.DeclineBody, response } },
    (req) => declineSource(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/sources/:id/hand-over',
    {
      config: { permission: 'source.hand_over' },
      schema: { params: IdParams, body: s.HandOverBody, response },
    },
    (req) => handOverSource(req.ctx, req.params.id, req.body),
  );
}
