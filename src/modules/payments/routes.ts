import { z } from 'zod';
import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { ServeBody } from '../services/schemas.ts';
import { applyToCourt, recordCourtAnswer } from './apply-to-court.ts';
import { finishPayment } from './finish-payment.ts';
import { answerDemand, makeDemand, serveDemand } from './make-demand.ts';
import { planPayment, tellPlan } from './plan-payment.ts';
import { paymentsOf } from './queries.ts';
import { recordPayment, voidPayment } from './record-payment.ts';
import { remitSurcharge } from './remit-surcharge.ts';
import * as s from './schemas.ts';
import { resumeSurcharge, stopSurcharge } from './stop-surcharge.ts';

const response = { 200: s.PaymentsView };
const params = IdParams;

/** The carrying out of a penalty: payment, deferral, surcharge, demand, court. */
export const paymentRoutes: Routes = (app) => {
  app.get(
    '/api/cases/:id/payments',
    { config: { permission: 'case.read' }, schema: { params, response } },
    (req) => paymentsOf(req.ctx, req.params.id),
  );
  moneyRoutes(app);
  planRoutes(app);
  surchargeRoutes(app);
  demandRoutes(app);
  courtRoutes(app);
};

function moneyRoutes(app: App): void {
  app.post(
    '/api/cases/:id/payments',
    {
      config: { permission: 'payment.record' },
      schema: { params, body: s.RecordPaymentBody, response: { 201: s.PaymentsView } },
    },
    async (req, reply) => reply.code(201).send(await recordPayment(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/payments/:paymentId/void',
    {
      config: { permission: 'payment.void' },
      schema: {
        params: z.strictObject({ id: z.uuid(), paymentId: z.uuid() }),
        body: s.VoidPaymentBody,
        response,
      },
    },
    (req) => voidPayment(req.ctx, req.params, req.body),
  );
  app.post(
    '/api/cases/:id/payments/finish',
    { config: { permission: 'payment.finish' }, schema: { params, body: s.FinishPaymentBody, response } },
    (req) => finishPayment(req.ctx, req.params.id, req.body),
  );
}

function planRoutes(app: App): void {
  app.post(
    '/api/cases/:id/payment-plans',
    {
      config: { permission: 'payment.plan' },
      schema: { params, body: s.PlanPaymentBody, response: { 201: s.PaymentsView } },
    },
    async (req, reply) => reply.code(201).send(await planPayment(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/payment-plans/told',
    { config: { permission: 'payment.tell_plan' }, schema: { params, body: s.TellPlanBody, response } },
    (req) => tellPlan(req.ctx, req.params.id, req.body),
  );
}

function surchargeRoutes(app: App): void {
  app.post(
    '/api/cases/:id/surcharge/stop',
    { config: { permission: 'surcharge.stop' }, schema: { params, body: s.StopSurchargeBody, response } },
    (req) => stopSurcharge(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/surcharge/resume',
    { config: { permission: 'surcharge.resume' }, schema: { params, body: s.ResumeSurchargeBody, response } },
    (req) => resumeSurcharge(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/surcharge/remit',
    { config: { permission: 'surcharge.remit' }, schema: { params, body: s.RemitSurchargeBody, response } },
    (req) => remitSurcharge(req.ctx, req.params.id, req.body),
  );
}

function demandRoutes(app: App): void {
  app.post(
    '/api/cases/:id/demands',
    {
      config: { permission: 'demand.make' },
      schema: { params, body: s.MakeDemandBody, response: { 201: s.PaymentsView } },
    },
    async (req, reply) => reply.code(201).send(await makeDemand(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/cases/:id/demands/serve',
    { config: { permission: 'demand.serve' }, schema: { params, body: ServeBody, response } },
    (req) => serveDemand(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/demands/answer',
    { config: { permission: 'demand.answer' }, schema: { params, body: s.AnswerDemandBody, response } },
    (req) => answerDemand(req.ctx, req.params.id, req.body),
  );
}

function courtRoutes(app: App): void {
  app.post(
    '/api/cases/:id/court-application',
    { config: { permission: 'court.apply' }, schema: { params, body: s.ApplyToCourtBody, response } },
    (req) => applyToCourt(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/cases/:id/court-answer',
    { config: { permission: 'court.answer' }, schema: { params, body: s.CourtAnswerBody, response } },
    (req) => recordCourtAnswer(req.ctx, req.params.id, req.body),
  );
}
