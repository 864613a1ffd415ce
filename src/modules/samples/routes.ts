import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { sampleAmendment } from './amendment.ts';
import { collectSample } from './collect-sample.ts';
import { dispatchSample } from './dispatch-sample.ts';
import { getSample, listSamples } from './queries.ts';
import { receiveSample, rejectSample } from './receive-sample.ts';
import { recordResult } from './record-result.ts';
import { RecordResultBody } from './report-schemas.ts';
import { notifyResult, reportSample } from './report-sample.ts';
import * as s from './schemas.ts';
import { takeBackSample } from './take-back-sample.ts';
import { returnResult, verifyResult } from './verify-result.ts';

/** Samples: the bureau takes, sends and tells; the laboratory receives, tests, verifies and reports. */
export const sampleRoutes: Routes = (app) => {
  bureauRoutes(app);
  receiptRoutes(app);
  resultRoutes(app);
  recordRoutes(app, sampleAmendment);
};

const view = { 200: s.SampleView };

const bureauRoutes: Routes = (app) => {
  app.post(
    '/api/samples',
    {
      config: { permission: 'sample.collect' },
      schema: { body: s.CollectSampleBody, response: { 201: s.SampleView } },
    },
    async (req, reply) => reply.code(201).send(await collectSample(req.ctx, req.body)),
  );
  app.get(
    '/api/samples',
    {
      config: { permission: 'sample.read', sheet: { kind: 'sample', columns: s.SAMPLE_COLUMNS } },
      schema: { querystring: s.SampleFilter, response: { 200: pageOf(s.SampleListItem) } },
    },
    (req) => listSamples(req.ctx, req.query),
  );
  app.get(
    '/api/samples/:id',
    { config: { permission: 'sample.read' }, schema: { params: IdParams, response: view } },
    (req) => getSample(req.ctx, req.params.id),
  );
  app.post(
    '/api/samples/:id/dispatch',
    {
      config: { permission: 'sample.dispatch' },
      schema: { params: IdParams, body: s.DispatchBody, response: view },
    },
    (req) => dispatchSample(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/samples/:id/take-back',
    {
      config: { permission: 'sample.take_back' },
      schema: { params: IdParams, body: s.TakeBackBody, response: view },
    },
    (req) => takeBackSample(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/samples/:id/notify',
    {
      config: { permission: 'sample.notify' },
      schema: { params: IdParams, body: s.NotifyBody, response: view },
    },
    (req) => notifyResult(req.ctx, req.params.id, req.body),
  );
};

const receiptRoutes: Routes = (app) => {
  app.post(
    '/api/samples/:id/receive',
    {
      config: { permission: 'sample.receive' },
      schema: { params: IdParams, body: s.ReceiveBody, response: view },
    },
    (req) => receiveSample(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/samples/:id/reject',
    {
      config: { permission: 'sample.reject' },
      schema: { params: IdParams, body: s.ReasonBody, response: view },
    },
    (req) => rejectSample(req.ctx, req.params.id, req.body),
  );
};

const resultRoutes: Routes = (app) => {
  app.post(
    '/api/samples/:id/results',
    {
      config: { permission: 'sample.record_result' },
      schema: { params: IdParams, body: RecordResultBody, response: { 201: s.SampleView } },
    },
    async (req, reply) => reply.code(201).send(await recordResult(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/samples/:id/verify-result',
    { config: { permission: 'sample.verify_result' }, schema: { params: IdParams, response: view } },
    (req) => verifyResult(req.ctx, req.params.id),
  );
  app.post(
    '/api/samples/:id/return-result',
    {
      config: { permission: 'sample.return_result' },
      schema: { params: IdParams, body: s.ReasonBody, response: view },
    },
    (req) => returnResult(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/samples/:id/report',
    { config: { permission: 'sample.report' }, schema: { params: IdParams, response: view } },
    (req) => reportSample(req.ctx, req.params.id),
  );
};
