import Fastify, { type FastifyServerOptions, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { attachmentAccess } from './attachments.ts';
import type { App, Routes } from './context.ts';
import type { Deps } from './deps.ts';
import { installHealth } from './http/health.ts';
import { installPages } from './http/pages.ts';
import { installDocs, installOpenApi } from './http/openapi.ts';
import { installPlugins } from './http/plugins.ts';
import { BODY_LIMIT, frameworkErrors, installProblems } from './http/problem.ts';
import { publicPages } from './http/public-pages.ts';
import { makeLimit } from './http/rate-limit.ts';
import { installSheets } from './http/sheets.ts';
import { installContext } from './http/request-context.ts';
import { installWeb } from './http/web.ts';
import { authRoutes } from './http/auth.ts';
import { approvalRoutes } from './modules/approvals/routes.ts';
import { auditRoutes } from './modules/audit/routes.ts';
import { caseRoutes } from './modules/cases/routes.ts';
import { deadlineRoutes } from './modules/deadlines/routes.ts';
import { documentRoutes } from './modules/documents/routes.ts';
import { fileRoutes } from './modules/files/routes.ts';
import { fineRoutes } from './modules/fines/routes.ts';
import { goodsRoutes } from './modules/goods/routes.ts';
import { gridRoutes } from './modules/grid/routes.ts';
import { hearingRoutes } from './modules/hearings/routes.ts';
import { archiveRoutes } from './modules/archives/routes.ts';
import { paymentRoutes } from './modules/payments/routes.ts';
import { identityRoutes } from './modules/identity/routes.ts';
import { inspectionRoutes } from './modules/inspections/routes.ts';
import { laboratoryRoutes } from './modules/laboratories/routes.ts';
import { partyRoutes } from './modules/parties/routes.ts';
import { penaltyRoutes } from './modules/penalties/routes.ts';
import { sampleRoutes } from './modules/samples/routes.ts';
import { seizureRoutes } from './modules/seizures/routes.ts';
import { sourceRoutes } from './modules/sources/routes.ts';
import { mediationRoutes } from './modules/mediation/routes.ts';
import { tipRoutes } from './modules/tips/routes.ts';
import { referralRoutes } from './modules/referrals/routes.ts';
import { searchRoutes } from './modules/search/routes.ts';
import { notificationRoutes } from './modules/notifications/routes.ts';
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
  fineRoutes,
  notificationRoutes,
  partyRoutes,
  documentRoutes(PAPERS),
  sourceRoutes,
  caseRoutes,
  tipRoutes,
  mediationRoutes,
  inspectionRoutes,
  laboratoryRoutes,
  goodsRoutes,
  sampleRoutes,
  seizureRoutes,
  penaltyRoutes,
  hearingRoutes,
  paymentRoutes,
  archiveRoutes,
  referralRoutes,
  searchRoutes,
];

/** Builds the application without listening; it speaks TLS where there is a certificate. */
export async function buildApp(deps: Deps): Promise<App> {
  const app = makeServer(deps);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installProblems(app);
  installRequestLog(app);
  await installPlugins(app, deps);
  installContext(app, deps, await makeLimit(app, deps));
  await installOpenApi(app, deps);
  await installDocs(app);
  installPages(app);
  await installWeb(app);
  installHealth(app, deps);
  installSheets(app, deps);
  authRoutes(deps)(app);
  await publicPages(app);
  for (const routes of ROUTES) routes(app);
  return app;
}

function makeServer({ log, config }: Deps): App {
  const options: FastifyServerOptions = {
    loggerInstance: log,
    genReqId: () => uuidV7(Date.now()),
    requestIdHeader: false,
    trustProxy: config.trustProxy,
    bodyLimit: BODY_LIMIT,
    frameworkErrors,
    logController: new LogController({ disableRequestLogging: true }),
  };
  // An HTTPS server is an HTTP server to all that uses it; the types tell them apart.
  const { tls: https } = config.secrets;
  const app = Fastify(https ? ({ ...options, https } as FastifyServerOptions) : options);
  return app.withTypeProvider<ZodTypeProvider>();
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
