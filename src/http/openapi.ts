import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { App } from '../context.ts';
import type { Deps } from '../deps.ts';
import { NO_BODY } from './request-context.ts';
import { sessionCookie } from './session.ts';

const Text = { type: 'string' } as const;

const FIELD_ERROR = {
  type: 'object',
  required: ['field', 'code', 'message'],
  properties: { field: Text, code: Text, message: Text },
} as const;

/** RFC 9457, with what the product adds. */
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: Text,
    title: Text,
    status: { type: 'integer' },
    code: Text,
    detail: Text,
    gate: Text,
    article: Text,
    allowed: { type: 'array', items: Text },
    errors: { type: 'array', items: FIELD_ERROR },
  },
} as const;

const PROBLEM_ANSWER = {
  description: '未成：RFC 9457 Problem Details',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
} as const;

/** A route as the description shows it: with its permission, and without the body it does not take. */
const describeRoute: typeof jsonSchemaTransform = (route) => {
  const { permission, own, also } = route.route.config ?? {};
  const { body, ...rest } = route.schema ?? {};
  const isBodyless = body === undefined || body === NO_BODY;
  const { schema, url } = jsonSchemaTransform({ ...route, schema: isBodyless ? rest : route.schema });
  if (schema?.hide) return { schema, url };
  const area = /^\/api\/([^/.]+)/.exec(url)?.[1] ?? 'system';
  const needed: Record<string, string[]>[] = [{ session: [] }, { key: [] }];
  const security = permission === 'public' ? [] : needed;
  return {
    schema: { ...schema, tags: [area], security, 'x-permission': permission, 'x-own': own, 'x-also': also },
    url,
  };
};

type Operation = { responses?: Record<string, unknown> };
type Described = { paths?: object; components?: { schemas?: object } };

/** Every operation may fail, and always in the same form. */
function addProblem(described: Described): void {
  const paths = Object.values(described.paths ?? {}) as Record<string, Operation>[];
  for (const operation of paths.flatMap((path) => Object.values(path))) {
    operation.responses = { ...operation.responses, default: { $ref: '#/components/responses/Problem' } };
  }
  Object.assign((described.components ??= {}), {
    schemas: { ...described.components.schemas, Problem: PROBLEM },
    responses: { Problem: PROBLEM_ANSWER },
  });
}

/** The API's own description; registered before the routes, which it listens for. */
export async function installOpenApi(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Shian 食安案管', version: '1', description: '食品安全投诉举报与执法案件管理 API' },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie(deps.config.secureCookies) },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: describeRoute,
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      addProblem(document.openapiObject);
      return document.openapiObject;
    },
  });
}

/**
 * The description at /openapi.json and the page that shows it at /docs: its routes are the library's, so their
 * permission is declared for them.
 */
export async function installDocs(app: App): Promise<void> {
  await app.register(async (docs) => {
    docs.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public' };
    });
    const uiConfig = { url: '/openapi.json', validatorUrl: null };
    await docs.register(swaggerUi, { routePrefix: '/docs', staticCSP: false, uiConfig });
  });
  const config = { permission: 'public' };
  app.get('/openapi.json', { config, schema: { hide: true, response: { 200: z.unknown() } } }, () =>
    app.swagger(),
  );
}
