import { z } from 'zod';
import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { ServeBody } from '../services/schemas.ts';
import { saleAmendment, violationAmendment } from './amendment.ts';
import { decidePenalty } from './decide-penalty.ts';
import { discussPenalty } from './discuss-penalty.ts';
import { findGains } from './find-gains.ts';
import { listFactors } from './list-factors.ts';
import { proposePenalty, takeUpAgain } from './propose-penalty.ts';
import * as p from './proposal-schemas.ts';
import { penaltyTrack } from './queries.ts';
import { recordSale } from './record-sale.ts';
import { defendPenalty, lapseDefence, recheckStatement, waiveDefence } from './record-statement.ts';
import { recordViolation } from './record-violation.ts';
import * as s from './schemas.ts';
import { finishCase, serveDecision } from './serve-decision.ts';
import { serveNotice } from './serve-notice.ts';
import { recordCityAnswer, submitToCity } from './submit-to-city.ts';
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
  noticeRoutes(app);
  decisionRoutes(app);
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

const answer = { 200: PenaltyView };

/** From the proposal to what the party says. */
function noticeRoutes(app: App): void {
  app.post(
    '/api/cases/:id/proposals',
    {
      config: { permission: 'penalty.propose' },
      schema: { params: IdParams, body: p.ProposeBody, response: { 201: PenaltyView } },
    },
    async (req, reply) => reply.code(201).send(await proposePenalty(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/take-up-again',
    {
      config: { permission: 'penalty.take_up_again' },
      schema: { params: IdParams, body: p.TakeUpAgainBody, response: answer },
    },
    (req) => takeUpAgain(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/notice/serve',
    {
      config: { permission: 'penalty.serve_notice' },
      schema: { params: IdParams, body: ServeBody, response: answer },
    },
    (req) => serveNotice(req.ctx, req.params.id, req.body),
  );
  statementRoutes(app);
}

function statementRoutes(app: App): void {
  app.post(
    '/api/cases/:id/statements',
    {
      config: { permission: 'penalty.defend' },
      schema: { params: IdParams, body: p.DefendBody, response: { 201: PenaltyView } },
    },
    async (req, reply) => reply.code(201).send(await defendPenalty(req.ctx, req.params.id, req.body)),
  );
  const params = z.strictObject({ id: z.uuid(), statementId: z.uuid() });
  app.post(
    '/api/cases/:id/statements/:statementId/recheck',
    {
      config: { permission: 'penalty.recheck' },
      schema: { params, body: p.RecheckBody, response: answer },
    },
    (req) => recheckStatement(req.ctx, req.params, req.body),
  );
  app.post(
    '/api/cases/:id/waive',
    {
      config: { permission: 'penalty.waive' },
      schema: { params: IdParams, body: p.WaiveBody, response: answer },
    },
    (req) => waiveDefence(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/lapse',
    { config: { permission: 'penalty.lapse' }, schema: { params: IdParams, response: answer } },
    (req) => lapseDefence(req.ctx, req.params.id),
  );
}

/** From the heads' discussion to the decision in the party's hands. */
function decisionRoutes(app: App): void {
  app.post(
    '/api/cases/:id/discussions',
    {
      config: { permission: 'discussion.record' },
      schema: { params: IdParams, body: p.DiscussBody, response: { 201: PenaltyView } },
    },
    async (req, reply) => reply.code(201).send(await discussPenalty(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/decide',
    {
      config: { permission: 'penalty.decide' },
      schema: { params: IdParams, body: p.DecideBody, response: answer },
    },
    (req) => decidePenalty(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/submit-to-city',
    {
      config: { permission: 'penalty.submit_to_city' },
      schema: { params: IdParams, body: p.SubmitToCityBody, response: answer },
    },
    (req) => submitToCity(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/city-answer',
    {
      config: { permission: 'penalty.city_answer' },
      schema: { params: IdParams, body: p.CityAnswerBody, response: answer },
    },
    (req) => recordCityAnswer(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/decision/serve',
    {
      config: { permission: 'penalty.serve' },
      schema: { params: IdParams, body: p.ServeDecisionBody, response: answer },
    },
    (req) => serveDecision(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/finish',
    { config: { permission: 'penalty.finish' }, schema: { params: IdParams, response: answer } },
    (req) => finishCase(req.ctx, req.params.id),
  );
}
