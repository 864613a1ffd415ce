import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { caseAmendment } from './amendment.ts';
import { getCase } from './case-detail.ts';
import { extendCase } from './extend-case.ts';
import { proposeCase } from './propose-case.ts';
import { listCases } from './queries.ts';
import {
  CaseDetail,
  CaseFilter,
  CaseListItem,
  CaseView,
  ExtendCaseBody,
  ProposeCaseBody,
} from './schemas.ts';

/** Penalty cases: propose, look at, extend; filing itself follows from the head's decision. */
export const caseRoutes: Routes = (app) => {
  app.post(
    '/api/cases',
    {
      config: { permission: 'case.propose' },
      schema: { body: ProposeCaseBody, response: { 201: CaseView } },
    },
    async (req, reply) => reply.code(201).send(await proposeCase(req.ctx, req.body)),
  );
  app.get(
    '/api/cases',
    {
      config: { permission: 'case.read' },
      schema: { querystring: CaseFilter, response: { 200: pageOf(CaseListItem) } },
    },
    (req) => listCases(req.ctx, req.query),
  );
  app.get(
    '/api/cases/:id',
    { config: { permission: 'case.read' }, schema: { params: IdParams, response: { 200: CaseDetail } } },
    (req) => getCase(req.ctx, req.params.id),
  );
  app.post(
    '/api/cases/:id/extend',
    {
      config: { permission: 'case.extend' },
      schema: { params: IdParams, body: ExtendCaseBody, response: { 200: CaseView } },
    },
    (req) => extendCase(req.ctx, req.params.id, req.body),
  );
  recordRoutes(app, caseAmendment);
};
