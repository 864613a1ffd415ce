import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { saleAmendment, violationAmendment } from './amendment.ts';
import { findGains } from './find-gains.ts';
import { listFactors } from './list-factors.ts';
import { penaltyTrack } from './queries.ts';
import { recordSale } from './record-sale.ts';
import { recordViolation } from './record-violation.ts';
import * as s from './schemas.ts';
import { FactorList, PenaltyView } from './view-schemas.ts';

/** The penalty track of a case. */
export const penaltyRoutes: Routes = (app) => {
  app.get(
    '/api/cases/:id/penalty',
    {
      config: { permission: 'case.read' },
      schema: { params: IdParams, response: { 200: PenaltyView } },
    },
    (req) => penaltyTrack(req.ctx, req.params.id),
  );
  app.get(
    '/api/discretion-factors',
    { config: { permission: 'session' }, schema: { response: { 200: FactorList } } },
    async (req) => listFactors(req.ctx),
  );
  factRoutes(app);
  recordRoutes(app, violationAmendment);
  recordRoutes(app, saleAmendment);
};

function factRoutes(app: App): void {
  const response = { 201: PenaltyView };
  app.post(
    '/api/cases/:id/violations',
    {
      config: { permission: 'violation.record' },
      schema: { params: IdParams, body: s.RecordViolationBody, response },
    },
    async (req, reply) => reply.code(201).send(await recordViolation(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/sales',
    {
      config: { permission: 'sale.record' },
      schema: { params: IdParams, body: s.RecordSaleBody, response },
    },
    async (req, reply) => reply.code(201).send(await recordSale(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/gains',
    {
      config: { permission: 'gains.find' },
      schema: { params: IdParams, body: s.FindGainsBody, response },
    },
    async (req, reply) => reply.code(201).send(await findGains(req.ctx, req.params.id, req.body)),
  );
}
