import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { addItems } from './add-items.ts';
import { measureAmendment } from './amendment.ts';
import { applySeals } from './apply-seals.ts';
import { executeMeasure, executeUrgent, imposeUrgently } from './execute-measure.ts';
import { extendMeasure } from './extend-measure.ts';
import { proposeMeasure } from './propose-measure.ts';
import { liftMeasure } from './lift-measure.ts';
import { LiftBody, ReturnBody } from './lifting-schemas.ts';
import { getMeasure, listMeasures } from './queries.ts';
import { returnItems } from './return-items.ts';
import { BASES } from './rules.ts';
import * as s from './schemas.ts';

/** Sealing and seizure: proposed, approved by the head, carried out, extended; urgent ones approved afterwards. */
export const seizureRoutes: Routes = (app) => {
  readRoutes(app);
  proposalRoutes(app);
  executionRoutes(app);
  endRoutes(app);
  recordRoutes(app, measureAmendment);
};

const view = { 200: s.MeasureView };

const readRoutes: Routes = (app) => {
  app.get(
    '/api/measures',
    {
      config: { permission: 'measure.read', sheet: { kind: 'measure', columns: s.MEASURE_COLUMNS } },
      schema: { querystring: s.MeasureFilter, response: { 200: pageOf(s.MeasureListItem) } },
    },
    (req) => listMeasures(req.ctx, req.query),
  );
  app.get(
    '/api/measures/bases',
    { config: { permission: 'measure.read' }, schema: { response: { 200: s.BasesView } } },
    () => ({ items: Object.entries(BASES).map(([category, bases]) => ({ category, bases: [...bases] })) }),
  );
  app.get(
    '/api/measures/:id',
    { config: { permission: 'measure.read' }, schema: { params: IdParams, response: view } },
    (req) => getMeasure(req.ctx, req.params.id),
  );
};

const proposalRoutes: Routes = (app) => {
  app.post(
    '/api/measures',
    {
      config: { permission: 'measure.propose' },
      schema: { body: s.ProposeMeasureBody, response: { 201: s.MeasureView } },
    },
    async (req, reply) => reply.code(201).send(await proposeMeasure(req.ctx, req.body)),
  );
  app.post(
    '/api/measures/:id/items',
    {
      config: { permission: 'measure.add_items' },
      schema: { params: IdParams, body: s.AddItemsBody, response: view },
    },
    (req) => addItems(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/measures/:id/extend',
    {
      config: { permission: 'measure.extend' },
      schema: { params: IdParams, body: s.ExtendBody, response: view },
    },
    (req) => extendMeasure(req.ctx, req.params.id, req.body),
  );
};

const executionRoutes: Routes = (app) => {
  app.post(
    '/api/measures/urgent',
    {
      config: { permission: 'measure.execute_urgent' },
      schema: { body: s.UrgentBody, response: { 201: s.MeasureView } },
    },
    async (req, reply) => reply.code(201).send(await imposeUrgently(req.ctx, req.body)),
  );
  app.post(
    '/api/measures/:id/execute',
    {
      config: { permission: 'measure.execute' },
      schema: { params: IdParams, body: s.ExecuteBody, response: view },
    },
    (req) => executeMeasure(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/measures/:id/execute-urgent',
    {
      config: { permission: 'measure.execute_urgent' },
      schema: { params: IdParams, body: s.ExecuteBody, response: view },
    },
    (req) => executeUrgent(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/measures/:id/seals',
    {
      config: { permission: 'measure.seal' },
      schema: { params: IdParams, body: s.SealsBody, response: view },
    },
    (req) => applySeals(req.ctx, req.params.id, req.body),
  );
};

const endRoutes: Routes = (app) => {
  app.post(
    '/api/measures/:id/lift',
    {
      config: { permission: 'measure.lift' },
      schema: { params: IdParams, body: LiftBody, response: view },
    },
    (req) => liftMeasure(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/measures/:id/return-items',
    {
      config: { permission: 'measure.return_items' },
      schema: { params: IdParams, body: ReturnBody, response: view },
    },
    (req) => returnItems(req.ctx, req.params.id, req.body),
  );
};
