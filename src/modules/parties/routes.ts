import type { Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { recordRoutes } from '../records/index.ts';
import { PARTY_RECORD } from './amend-party.ts';
import { lookAtId } from './look-at-id.ts';
import { listCandidates } from './candidates.ts';
import { getParty, listParties } from './queries.ts';
import { registerParty } from './register-party.ts';
import * as s from './schemas.ts';
import { setIdentity } from './set-identity.ts';

/** Companies, sole traders and persons the bureau deals with. */
export const partyRoutes: Routes = (app) => {
  app.post(
    '/api/parties',
    {
      config: { permission: 'party.register' },
      schema: { body: s.PartyInput, response: { 201: s.PartyView } },
    },
    async (req, reply) => reply.code(201).send(await registerParty(req.ctx, req.body)),
  );
  app.get(
    '/api/parties',
    {
      config: { permission: 'party.read', sheet: { kind: 'party', columns: s.PARTY_COLUMNS } },
      schema: { querystring: s.PartyFilter, response: { 200: s.PartyPage } },
    },
    (req) => listParties(req.ctx, req.query),
  );
  app.get(
    '/api/parties/candidates',
    {
      config: { permission: 'party.read' },
      schema: { querystring: s.CandidateQuery, response: { 200: s.Candidates } },
    },
    (req) => listCandidates(req.ctx, req.query),
  );
  app.get(
    '/api/parties/:id',
    { config: { permission: 'party.read' }, schema: { params: IdParams, response: { 200: s.PartyView } } },
    (req) => getParty(req.ctx, req.params.id),
  );
  app.get(
    '/api/parties/:id/identity',
    {
      config: { permission: 'party.look_at_id' },
      schema: { params: IdParams, response: { 200: s.IdentityView } },
    },
    async (req, reply) =>
      reply.header('cache-control', 'no-store').send(await lookAtId(req.ctx, req.params.id)),
  );
  app.post(
    '/api/parties/:id/identity',
    {
      config: { permission: 'party.amend' },
      schema: { params: IdParams, body: s.SetIdentityBody, response: { 200: s.PartyView } },
    },
    (req) => setIdentity(req.ctx, req.params.id, req.body),
  );
  recordRoutes(app, PARTY_RECORD);
};
