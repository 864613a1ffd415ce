import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { databaseRefusal } from '../db/constraints.ts';
import { hasText, type Locale, localeOf, text } from '../i18n/index.ts';
import { AppError, badRequest } from '../shared/errors.ts';
import { fieldErrors, fieldSentence, type Issue } from './field-errors.ts';
import { sendScreens, wantsPage } from './web.ts';

/** Bytes of a JSON body; uploads have a limit of their own. */
export const BODY_LIMIT = 1024 * 1024;

/** What Fastify itself refuses, before any code of ours has seen the request. */
const BY_STATUS: Record<number, (error: FastifyError) => AppError> = {
  400: () => badRequest('request.malformed'),
  404: () => new AppError(404, 'request.no_route'),
  408: () => new AppError(408, 'request.malformed'),
  413: (error) =>
    error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      ? new AppError(413, 'request.too_large', { limit: BODY_LIMIT })
      : new AppError(413, 'request.too_many_parts'),
  414: () => new AppError(414, 'request.no_route'),
  415: () => new AppError(415, 'request.unsupported_media_type'),
};

/** Which part of the request the schema looked at. */
const partOf = (request: FastifyRequest, context: string | undefined): unknown =>
  ({ body: request.body, querystring: request.query, params: request.params, headers: request.headers })[
    context ?? ''
  ];

function fromFastify(error: FastifyError, request: FastifyRequest): AppError | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation as unknown as Issue[];
    const sent = partOf(request, error.validationContext);
    return badRequest(
      'request.invalid',
      {},
      issues.flatMap((issue) => fieldErrors(issue, sent)),
    );
  }
  return error.statusCode === undefined ? undefined : BY_STATUS[error.statusCode]?.(error);
}

function asAppError(error: FastifyError, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  const known = databaseRefusal(error) ?? fromFastify(error, request);
  if (known) return known;
  request.log.error({ err: error }, 'a bug');
  return new AppError(500, 'request.bug', { requestId: request.id });
}

/** RFC 9457 problem details, the sentence in the caller's language. */
export function problem(error: AppError, locale: Locale): Record<string, unknown> {
  const { status, code, params, errors } = error;
  const { gate, article, allowed } = params;
  const title = text(locale, code, params);
  const detail = hasText(locale, `${code}.detail`) ? text(locale, `${code}.detail`, params) : title;
  return {
    type: `urn:shian:error:${code}`,
    title,
    status,
    code,
    detail,
    ...(gate === undefined ? {} : { gate }),
    ...(article === undefined ? {} : { article }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(errors && {
      errors: errors.map((e) => ({ field: e.field, code: e.code, message: fieldSentence(locale, e) })),
    }),
  };
}

/** How long to wait before asking again, in seconds; undefined where waiting does not help. */
function retryAfter({ status, params }: AppError): string | undefined {
  if (status !== 429) return undefined;
  const { seconds, minutes } = params;
  if (typeof seconds === 'number') return String(seconds);
  return typeof minutes === 'number' ? String(minutes * 60) : undefined;
}

function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeOf(request.headers['accept-language']);
  const wait = retryAfter(error);
  if (wait !== undefined) reply.header('retry-after', wait);
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply
    .code(error.status)
    .header('x-request-id', request.id)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', locale)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem(error, locale));
}

/** What is refused before a route is found, such as an address that cannot be decoded. */
export function frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(asAppError(error, request), request, reply);
}

/** Makes every failure a problem document; a bug is logged with its request id and says nothing else. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    sendProblem(asAppError(error, request), request, reply),
  );
  app.setNotFoundHandler((request, reply) =>
    wantsPage(request)
      ? sendScreens(reply)
      : sendProblem(new AppError(404, 'request.no_route'), request, reply),
  );
}
