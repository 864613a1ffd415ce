import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { inspectionAmendment, operationAmendment } from './amendment.ts';
import { callOffOperation, endOperation } from './end-operation.ts';
import { endInspection } from './end-inspection.ts';
import { logOperation } from './log-operation.ts';
import { getOperation, listOperations } from './operation-queries.ts';
import { planInspection } from './plan-inspection.ts';
import { planOperation } from './plan-operation.ts';
import { getInspection, listInspections } from './queries.ts';
import { recordInspection } from './record-inspection.ts';
import * as s from './schemas.ts';
import { startInspection } from './start-inspection.ts';
import { startOperation } from './start-operation.ts';

/** Inspections on the scene and joint operations. */
export const inspectionRoutes: Routes = (app) => {
  oneInspection(app);
  joint(app);
  recordRoutes(app, inspectionAmendment);
  recordRoutes(app, operationAmendment);
};

const seen = { params: IdParams, response: { 200: s.InspectionView } };
const jointly = { params: IdParams, response: { 200: s.OperationView } };

const oneInspection: Routes = (app) => {
  app.post(
    '/api/inspections',
    {
      config: { permission: 'inspection.plan' },
      schema: { body: s.PlanInspectionBody, response: { 201: s.InspectionView } },
    },
    async (req, reply) => reply.code(201).send(await planInspection(req.ctx, req.body)),
  );
  app.get(
    '/api/inspections',
    {
      config: { permission: 'inspection.read', sheet: { kind: 'inspection', columns: s.INSPECTION_COLUMNS } },
      schema: { querystring: s.InspectionFilter, response: { 200: pageOf(s.InspectionListItem) } },
    },
    (req) => listInspections(req.ctx, req.query),
  );
  app.get('/api/inspections/:id', { config: { permission: 'inspection.read' }, schema: seen }, (req) =>
    getInspection(req.ctx, req.params.id),
  );
  app.post(
    '/api/inspections/:id/start',
    { config: { permission: 'inspection.start' }, schema: { ...seen, body: s.StartInspectionBody } },
    (req) => startInspection(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/inspections/:id/record',
    { config: { permission: 'inspection.record' }, schema: { ...seen, body: s.RecordInspectionBody } },
    (req) => recordInspection(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/inspections/:id/end',
    { config: { permission: 'inspection.end' }, schema: { ...seen, body: s.EndInspectionBody } },
    (req) => endInspection(req.ctx, req.params.id, req.body),
  );
};

const joint: Routes = (app) => {
  app.post(
    '/api/operations',
    {
      config: { permission: 'operation.plan' },
      schema: { body: s.PlanOperationBody, response: { 201: s.OperationView } },
    },
    async (req, reply) => reply.code(201).send(await planOperation(req.ctx, req.body)),
  );
  app.get(
    '/api/operations',
    {
      config: { permission: 'operation.read', sheet: { kind: 'operation', columns: s.OPERATION_COLUMNS } },
      schema: { querystring: s.OperationFilter, response: { 200: pageOf(s.OperationListItem) } },
    },
    (req) => listOperations(req.ctx, req.query),
  );
  app.get('/api/operations/:id', { config: { permission: 'operation.read' }, schema: jointly }, (req) =>
    getOperation(req.ctx, req.params.id),
  );
  app.post(
    '/api/operations/:id/start',
    { config: { permission: 'operation.start' }, schema: { ...jointly, body: s.StartOperationBody } },
    (req) => startOperation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/operations/:id/log',
    { config: { permission: 'operation.log' }, schema: { ...jointly, body: s.LogOperationBody } },
    (req) => logOperation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/operations/:id/end',
    { config: { permission: 'operation.end' }, schema: { ...jointly, body: s.EndOperationBody } },
    (req) => endOperation(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/operations/:id/call-off',
    { config: { permission: 'operation.call_off' }, schema: { ...jointly, body: s.CallOffOperationBody } },
    (req) => callOffOperation(req.ctx, req.params.id, req.body),
  );
};
