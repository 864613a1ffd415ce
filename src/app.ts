import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { attachmentAccess } from './attachments.ts';
import type { App, Routes } from './context.ts';
import type { Deps } from './deps.ts';
import { installHealth } from './http/health.ts';
import { installDocs, installPlugins } from './http/plugins.ts';
import { BODY_LIMIT, installProblems } from './http/problem.ts';
import { installContext } from './http/request-context.ts';
import { authRoutes } from './http/auth.ts';
import { approvalRoutes } from './modules/approvals/routes.ts';
import { auditRoutes } from './modules/audit/routes.ts';
import { caseRoutes } from './modules/cases/routes.ts';
import { deadlineRoutes } from './modules/deadlines/routes.ts';
import { documentRoutes } from './modules/documents/routes.ts';
import { fileRoutes } from './modules/files/routes.ts';
import { goodsRoutes } from './modules/goods/routes.ts';
import { gridRoutes } from './modules/grid/routes.ts';
import { identityRoutes } from './modules/identity/routes.ts';
import { inspectionRoutes } from './modules/inspections/routes.ts';
import { laboratoryRoutes } from './modules/laboratories/routes.ts';
import { partyRoutes } from './modules/parties/routes.ts';
import { sampleRoutes } from './modules/samples/routes.ts';
import { seizureRoutes } from './modules/seizures/routes.ts';
import { sourceRoutes } from './modules/sources/routes.ts';
import { tipRoutes } from './modules/tips/routes.ts';
import { referralRoutes } from './modules/referrals/routes.ts';
import { PAPERS } from './papers.ts';
import { uuidV7 } from './shared/ids.ts';

/** Every module's routes, in dependency order. */
const ROUTES: Routes[] = [
  auditRoutes,
  identityRoutes,
  approvalRoutes,
  fileRoutes(attachmentAccess),
  gridRoutes,
  deadlineRoutes,
  partyRoutes,
  documentRoutes(PAPERS),
  sourceRoutes,
  caseRoutes,
  tipRoutes,
  inspectionRoutes,
  laboratoryRoutes,
  goodsRoutes,
  sampleRoutes,
  seizureRoutes,
  referralRoutes,
];

/** Builds the application without listening. */
export async function buildApp(deps: Deps): Promise<App> {
  const app: App = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    genReqId: () => uuidV7(Date.now()),
    requestIdHeader: false,
    trustProxy: deps.config.trustProxy,
    bodyLimit: BODY_LIMIT,
    https: null,
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installProblems(app);
  installRequestLog(app);
  await installPlugins(app, deps);
  installContext(app, deps);
  await installDocs(app);
  installHealth(app, deps);
  authRoutes(deps)(app);
  for (const routes of ROUTES) routes(app);
  const config = { permission: 'public' };
  app.get('/openapi.json', { config, schema: { hide: true, response: { 200: z.unknown() } } }, () =>
    app.swagger(),
  );
  return app;
}

/** One line a request: the route's pattern, never an address with what was searched for, never who sent it. */
function installRequestLog(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        actor: request.ctx?.actor.id,
      },
      'request',
    );
  });
}
