import { z } from 'zod';
import type { App, Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { AlikeQuery, AlikeTip } from './alike-schemas.ts';
import { listAlike } from './alike.ts';
import { amendReporter } from './amend-reporter.ts';
import { TIP_RECORD } from './amend-tip.ts';
import { acceptTip, refuseTip } from './decide-tip.ts';
import { forwardTip, withdrawTip } from './end-complaint.ts';
import { linkTip } from './link-tip.ts';
import { listByReporter, lookAtReporter } from './look-at-reporter.ts';
import { openSource } from './open-source.ts';
import { addOutsideNumber, setOutsideNumber } from './outside-numbers.ts';
import { parseTip } from './parse-tip.ts';
import { getTip, listTips } from './queries.ts';
import { registerTip } from './register-tip.ts';
import { identitySupplied, requestIdentity } from './request-identity.ts';
import * as s from './schemas.ts';
import { splitTip } from './split-tip.ts';
import { tellReporter } from './tell-reporter.ts';
import { listsOf } from './view.ts';

/** Complaints, reports and enquiries: entered, decided on, split, passed on. */
export const tipRoutes: Routes = (app) => {
  app.get(
    '/api/tips/lists',
    { config: { permission: 'session' }, schema: { response: { 200: s.ListsView } } },
    async (req) => listsOf(req.ctx),
  );
  app.post(
    '/api/tips',
    {
      config: { permission: 'tip.register' },
      schema: { body: s.RegisterTipBody, response: { 201: s.TipView } },
    },
    async (req, reply) => reply.code(201).send(await registerTip(req.ctx, req.body)),
  );
  app.get(
    '/api/tips',
    {
      config: { permission: 'tip.read', own: 'tip.read_own', sheet: { kind: 'tip', columns: s.TIP_COLUMNS } },
      schema: { querystring: s.TipFilter, response: { 200: s.TipPage } },
    },
    (req) => listTips(req.ctx, req.query),
  );
  app.get(
    '/api/tips/:id',
    {
      config: { permission: 'tip.read', own: 'tip.read_own' },
      schema: { params: IdParams, response: { 200: s.TipView } },
    },
    (req) => getTip(req.ctx, req.params.id),
  );
  deskRoutes(app);
  actRoutes(app);
  complaintRoutes(app);
  reporterRoutes(app);
  recordRoutes(app, TIP_RECORD);
};

function deskRoutes(app: App): void {
  app.get(
    '/api/tips/alike',
    {
      config: { permission: 'tip.read', own: 'tip.read_own' },
      schema: { querystring: AlikeQuery, response: { 200: z.object({ items: z.array(AlikeTip) }) } },
    },
    (req) => listAlike(req.ctx, req.query),
  );
  app.post(
    '/api/tips/parse',
    {
      config: { permission: 'tip.register' },
      schema: { body: s.ParseTipBody, response: { 200: s.ParsedTip } },
    },
    async (req) => parseTip(req.ctx, req.body),
  );
}

function actRoutes(app: App): void {
  const response = { 200: s.TipView };
  app.post(
    '/api/tips/:id/accept',
    { config: { permission: 'tip.accept' }, schema: { params: IdParams, body: s.AcceptBody, response } },
    (req) => acceptTip(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/refuse',
    { config: { permission: 'tip.refuse' }, schema: { params: IdParams, body: s.RefuseBody, response } },
    (req) => refuseTip(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/split',
    {
      config: { permission: 'tip.split' },
      schema: { params: IdParams, body: s.SplitBody, response: { 201: s.TipView } },
    },
    async (req, reply) => reply.code(201).send(await splitTip(req.ctx, req.params.id, req.body)),
  );
  app.post(
    '/api/tips/:id/link',
    { config: { permission: 'tip.link' }, schema: { params: IdParams, body: s.LinkBody, response } },
    (req) => linkTip(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/open-source',
    {
      config: { permission: 'tip.open_source' },
      schema: { params: IdParams, body: s.OpenSourceBody, response },
    },
    (req) => openSource(req.ctx, req.params.id, req.body),
  );
  const permission = 'tip.set_outside_number';
  app.post(
    '/api/tips/:id/outside-numbers',
    {
      config: { permission },
      schema: { params: IdParams, body: s.OutsideNumberInput, response: { 201: s.TipView } },
    },
    async (req, reply) => reply.code(201).send(await addOutsideNumber(req.ctx, req.params.id, req.body)),
  );
  const params = z.strictObject({ id: z.uuid(), numberId: z.uuid() });
  app.post(
    '/api/tips/:id/outside-numbers/:numberId',
    { config: { permission }, schema: { params, body: s.OutsideNumberChanges, response } },
    (req) => setOutsideNumber(req.ctx, req.params, req.body),
  );
}

function complaintRoutes(app: App): void {
  const response = { 200: s.TipView };
  const params = IdParams;
  app.post(
    '/api/tips/:id/request-identity',
    {
      config: { permission: 'tip.request_identity' },
      schema: { params, body: s.RequestIdentityBody, response },
    },
    (req) => requestIdentity(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/identity-supplied',
    {
      config: { permission: 'tip.identity_supplied' },
      schema: { params, body: s.IdentitySuppliedBody, response },
    },
    (req) => identitySupplied(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/withdraw',
    { config: { permission: 'tip.withdraw' }, schema: { params, body: s.WithdrawBody, response } },
    (req) => withdrawTip(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/:id/forward',
    { config: { permission: 'tip.forward' }, schema: { params, body: s.ForwardBody, response } },
    (req) => forwardTip(req.ctx, req.params.id, req.body),
  );
}

function reporterRoutes(app: App): void {
  const response = { 200: s.TipView };
  app.post(
    '/api/tips/:id/told',
    {
      config: { permission: 'tip.tell_reporter' },
      schema: { params: IdParams, body: s.TellReporterBody, response },
    },
    (req) => tellReporter(req.ctx, req.params.id, req.body),
  );
  app.get(
    '/api/tips/:id/reporter',
    {
      config: { permission: 'tip.look_at_reporter' },
      schema: { params: IdParams, response: { 200: s.ReporterView } },
    },
    async (req, reply) =>
      reply.header('cache-control', 'no-store').send(await lookAtReporter(req.ctx, req.params.id)),
  );
  app.post(
    '/api/tips/:id/reporter',
    {
      config: { permission: 'tip.amend' },
      schema: { params: IdParams, body: s.AmendReporterBody, response },
    },
    (req) => amendReporter(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/tips/by-reporter',
    {
      config: { permission: 'tip.look_at_reporter' },
      schema: { body: s.ByReporterBody, response: { 200: z.object({ items: z.array(s.TipRow) }) } },
    },
    async (req, reply) =>
      reply.header('cache-control', 'no-store').send(await listByReporter(req.ctx, req.body)),
  );
}
