import type { App, Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { caseAmendment } from './amendment.ts';
import { closeCase } from './close-case.ts';
import { concludeCase } from './conclude-case.ts';
import * as p from './procedure-schemas.ts';
import { legalReviewCase, referToLegal, resubmitReview, reviewCase } from './review-case.ts';
import { resumeCase, suspendCase } from './suspend-case.ts';
import { terminateCase } from './terminate-case.ts';
import { getCase } from './case-detail.ts';
import { extendCase } from './extend-case.ts';
import { proposeCase } from './propose-case.ts';
import { listCases } from './queries.ts';
import {
  CASE_COLUMNS,
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
      config: { permission: 'case.read', sheet: { kind: 'case', columns: CASE_COLUMNS } },
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
  procedureRoutes(app);
  recordRoutes(app, caseAmendment);
};

/** The steps of the procedure from the investigation to review, and the closing of the file. */
function procedureRoutes(app: App): void {
  const response = { 200: CaseView };
  app.post(
    '/api/cases/:id/conclude',
    {
      config: { permission: 'case.conclude' },
      schema: { params: IdParams, body: p.ConcludeBody, response },
    },
    (req) => concludeCase(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/review',
    { config: { permission: 'case.review' }, schema: { params: IdParams, body: p.ReviewBody, response } },
    (req) => reviewCase(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/legal-review',
    {
      config: { permission: 'case.legal_review' },
      schema: { params: IdParams, body: p.LegalReviewBody, response },
    },
    (req) => legalReviewCase(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/refer-to-legal',
    {
      config: { permission: 'case.refer_to_legal' },
      schema: { params: IdParams, body: p.ReferToLegalBody, response },
    },
    (req) => referToLegal(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/resubmit',
    { config: { permission: 'case.resubmit' }, schema: { params: IdParams, response } },
    (req) => resubmitReview(req.ctx, req.params.id),
  );
  restingRoutes(app);
}

/** Standing still, giving up, closing. */
function restingRoutes(app: App): void {
  const response = { 200: CaseView };
  app.post(
    '/api/cases/:id/suspend',
    { config: { permission: 'case.suspend' }, schema: { params: IdParams, body: p.SuspendBody, response } },
    (req) => suspendCase(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/resume',
    { config: { permission: 'case.resume' }, schema: { params: IdParams, body: p.ResumeBody, response } },
    (req) => resumeCase(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/terminate',
    {
      config: { permission: 'case.terminate' },
      schema: { params: IdParams, body: p.TerminateBody, response },
    },
    (req) => terminateCase(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/close',
    { config: { permission: 'case.close' }, schema: { params: IdParams, body: p.CloseBody, response } },
    (req) => closeCase(req.ctx, req.params.id, req.body),
  );
}
