import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { amendLaboratory } from './amend-laboratory.ts';
import { createLaboratory } from './create-laboratory.ts';
import { getLaboratory, listLaboratories } from './queries.ts';
import * as s from './schemas.ts';

/** Laboratories: who they are and until when their marks hold. */
export const laboratoryRoutes: Routes = (app) => {
  app.get(
    '/api/laboratories',
    {
      config: { permission: 'laboratory.read', sheet: { kind: 'laboratory', columns: s.LABORATORY_COLUMNS } },
      schema: { querystring: s.LaboratoryFilter, response: { 200: pageOf(s.LaboratoryView) } },
    },
    (req) => listLaboratories(req.ctx, req.query),
  );
  app.get(
    '/api/laboratories/:id',
    {
      config: { permission: 'laboratory.read' },
      schema: { params: IdParams, response: { 200: s.LaboratoryView } },
    },
    (req) => getLaboratory(req.ctx, req.params.id),
  );
  app.post(
    '/api/laboratories',
    {
      config: { permission: 'laboratory.create' },
      schema: { body: s.CreateLaboratoryBody, response: { 201: s.LaboratoryView } },
    },
    async (req, reply) => reply.code(201).send(await createLaboratory(req.ctx, req.body)),
  );
  app.post(
    '/api/laboratories/:id/amend',
    {
      config: { permission: 'laboratory.amend' },
      schema: { params: IdParams, body: s.AmendLaboratoryBody, response: { 200: s.LaboratoryView } },
    },
    (req) => amendLaboratory(req.ctx, req.params.id, req.body),
  );
};
