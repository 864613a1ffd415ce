import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { assignWorker, endWorker } from './assign-worker.ts';
import { amendArea, createArea } from './manage-areas.ts';
import { getArea, listAreas, listDivisions } from './queries.ts';
import * as s from './schemas.ts';

/** Divisions, grid areas, and who looks after them. */
export const gridRoutes: Routes = (app) => {
  readRoutes(app);
  manageRoutes(app);
};

const readRoutes: Routes = (app) => {
  app.get(
    '/api/divisions',
    {
      config: { permission: 'session' },
      schema: { querystring: s.DivisionFilter, response: { 200: s.DivisionList } },
    },
    (req) => listDivisions(req.ctx, req.query),
  );
  app.get(
    '/api/grid-areas',
    {
      config: { permission: 'grid.read', sheet: { kind: 'grid_area', columns: s.AREA_COLUMNS } },
      schema: { querystring: s.AreaFilter, response: { 200: pageOf(s.AreaRow) } },
    },
    (req) => listAreas(req.ctx, req.query),
  );
  app.get(
    '/api/grid-areas/:id',
    { config: { permission: 'grid.read' }, schema: { params: IdParams, response: { 200: s.AreaView } } },
    (req) => getArea(req.ctx, req.params.id),
  );
};

const manageRoutes: Routes = (app) => {
  app.post(
    '/api/grid-areas',
    {
      config: { permission: 'grid.manage' },
      schema: { body: s.CreateAreaBody, response: { 201: s.AreaView } },
    },
    async (req, reply) => reply.code(201).send(await createArea(req.ctx, req.body)),
  );
  app.post(
    '/api/grid-areas/:id/amend',
    {
      config: { permission: 'grid.manage' },
      schema: { params: IdParams, body: s.AmendAreaBody, response: { 200: s.AreaView } },
    },
    (req) => amendArea(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/grid-areas/:id/workers',
    {
      config: { permission: 'grid.manage' },
      schema: { params: IdParams, body: s.AssignWorkerBody, response: { 201: s.AreaView } },
    },
    async (req, reply) => reply.code(201).send(await assignWorker(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/grid-workers/:id/end',
    {
      config: { permission: 'grid.manage' },
      schema: { params: IdParams, body: s.EndWorkerBody, response: { 200: s.AreaView } },
    },
    (req) => endWorker(req.ctx, req.params.id, req.body),
  );
};
