import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { amendBureau, getBureau } from './amend-bureau.ts';
import { amendUser, deactivateUser } from './amend-user.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { resetPassword } from './change-password.ts';
import { createUser } from './create-user.ts';
import { amendRole, createRole, listRoles } from './custom-roles.ts';
import { appointDeputy, endDeputy, listDeputies } from './deputies.ts';
import { getUser, listUsers } from './queries.ts';
import * as l from './list-schemas.ts';
import * as s from './schemas.ts';
import { amendUnit, createUnit, listUnits } from './units.ts';

/** Users, units, the bureau, its roles and its API keys. Log-in and log-out stand in the HTTP layer. */
export const identityRoutes: Routes = (app) => {
  userRoutes(app);
  unitRoutes(app);
  roleRoutes(app);
  keyRoutes(app);
  deputyRoutes(app);
};

const deputyRoutes: Routes = (app) => {
  app.get(
    '/api/deputies',
    {
      config: { permission: 'deputy.read', sheet: { kind: 'deputy', columns: l.DEPUTY_COLUMNS } },
      schema: { querystring: l.DeputyFilter, response: { 200: pageOf(l.DeputyRow) } },
    },
    (req) => listDeputies(req.ctx, req.query),
  );
  app.post(
    '/api/deputies',
    {
      config: { permission: 'deputy.appoint' },
      schema: { body: s.AppointDeputyBody, response: { 201: s.DeputyView } },
    },
    async (req, reply) => reply.code(201).send(await appointDeputy(req.ctx, req.body)),
  );
  app.post(
    '/api/deputies/:id/end',
    {
      config: { permission: 'deputy.end' },
      schema: { params: IdParams, body: s.ReasonBody, response: { 200: s.DeputyView } },
    },
    (req) => endDeputy(req.ctx, req.params.id, req.body),
  );
};

const userRoutes: Routes = (app) => {
  app.get(
    '/api/users',
    {
      config: { permission: 'user.read', sheet: { kind: 'user', columns: l.USER_COLUMNS } },
      schema: { querystring: l.UserFilter, response: { 200: pageOf(l.UserRow) } },
    },
    (req) => listUsers(req.ctx, req.query),
  );
  app.get(
    '/api/users/:id',
    { config: { permission: 'user.read' }, schema: { params: IdParams, response: { 200: s.UserView } } },
    (req) => getUser(req.ctx.db, req.ctx.actor, req.params.id),
  );
  app.post(
    '/api/users',
    {
      config: { permission: 'user.create' },
      schema: { body: s.CreateUserBody, response: { 201: s.UserWithPassword } },
    },
    async (req, reply) => reply.code(201).send(await createUser(req.ctx, req.body)),
  );
  app.post(
    '/api/users/:id/amend',
    {
      config: { permission: 'user.amend' },
      schema: { params: IdParams, body: s.AmendUserBody, response: { 200: s.UserView } },
    },
    (req) => amendUser(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/users/:id/deactivate',
    {
      config: { permission: 'user.deactivate' },
      schema: { params: IdParams, body: s.ReasonBody, response: { 200: s.UserView } },
    },
    (req) => deactivateUser(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/users/:id/reset-password',
    {
      config: { permission: 'user.amend' },
      schema: { params: IdParams, response: { 200: z.object({ oneTimePassword: z.string() }) } },
    },
    (req) => resetPassword(req.ctx, req.params.id),
  );
};

const unitRoutes: Routes = (app) => {
  app.get(
    '/api/units',
    {
      config: { permission: 'unit.read', sheet: { kind: 'unit', columns: l.UNIT_COLUMNS } },
      schema: { querystring: l.UnitFilter, response: { 200: pageOf(s.UnitView) } },
    },
    (req) => listUnits(req.ctx, req.query),
  );
  app.post(
    '/api/units',
    {
      config: { permission: 'unit.create' },
      schema: { body: s.CreateUnitBody, response: { 201: s.UnitView } },
    },
    async (req, reply) => reply.code(201).send(await createUnit(req.ctx, req.body)),
  );
  app.post(
    '/api/units/:id/amend',
    {
      config: { permission: 'unit.amend' },
      schema: { params: IdParams, body: s.AmendUnitBody, response: { 200: s.UnitView } },
    },
    (req) => amendUnit(req.ctx, req.params.id, req.body),
  );
  app.get(
    '/api/bureau',
    { config: { permission: 'bureau.read' }, schema: { response: { 200: s.BureauView } } },
    (req) => getBureau(req.ctx),
  );
  app.post(
    '/api/bureau/amend',
    {
      config: { permission: 'bureau.amend' },
      schema: { body: s.AmendBureauBody, response: { 200: s.BureauView } },
    },
    (req) => amendBureau(req.ctx, req.body),
  );
};

const roleRoutes: Routes = (app) => {
  app.get(
    '/api/roles',
    {
      config: { permission: 'role.read', sheet: { kind: 'role', columns: l.ROLE_COLUMNS } },
      schema: { querystring: l.RoleFilter, response: { 200: pageOf(s.RoleView) } },
    },
    (req) => listRoles(req.ctx, req.query),
  );
  app.post(
    '/api/roles',
    {
      config: { permission: 'role.create' },
      schema: { body: s.CreateRoleBody, response: { 201: s.RoleView } },
    },
    async (req, reply) => reply.code(201).send(await createRole(req.ctx, req.body)),
  );
  app.post(
    '/api/roles/:id/amend',
    {
      config: { permission: 'role.amend' },
      schema: { params: IdParams, body: s.AmendRoleBody, response: { 200: s.RoleView } },
    },
    (req) => amendRole(req.ctx, req.params.id, req.body),
  );
};

const keyRoutes: Routes = (app) => {
  app.get(
    '/api/api-keys',
    {
      config: { permission: 'api_key.read', sheet: { kind: 'api_key', columns: l.API_KEY_COLUMNS } },
      schema: { querystring: l.ApiKeyFilter, response: { 200: pageOf(l.ApiKeyRow) } },
    },
    (req) => listApiKeys(req.ctx, req.query),
  );
  app.post(
    '/api/api-keys',
    {
      config: { permission: 'api_key.create' },
      schema: { body: s.CreateApiKeyBody, response: { 201: s.ApiKeyWithSecret } },
    },
    async (req, reply) => reply.code(201).send(await createApiKey(req.ctx, req.body)),
  );
  app.post(
    '/api/api-keys/:id/revoke',
    {
      config: { permission: 'api_key.revoke' },
      schema: { params: IdParams, body: s.ReasonBody, response: { 200: s.ApiKeyView } },
    },
    (req) => revokeApiKey(req.ctx, req.params.id, req.body),
  );
};
