import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { databaseRefusal } from '../db/constraints.ts';
import { hasText, type Locale, localeOf, text } from '../i18n/index.ts';
import { AppError, badRequest, type FieldError } from '../shared/errors.ts';

type Issue = { keyword: string; instancePath: string; params: Record<string, unknown> };

/** One zod issue as field errors: unknown keys are named one by one. */
function fieldErrors(issue: Issue): FieldError[] {
  const field = issue.instancePath.slice(1).replaceAll('/', '.');
  const { params } = issue;
  switch (issue.keyword) {
    case 'unrecognized_keys':
      return (params.keys as string[]).map((key) => ({
        field: field ? `${field}.${key}` : key,
        code: 'field.unknown',
      }));
    case 'invalid_type':
      return [{ field, code: 'field.type', params: { expected: params.expected } }];
    case 'too_small':
      return [{ field, code: 'field.too_small', params: { minimum: params.minimum } }];
    case 'too_big':
      return [{ field, code: 'field.too_big', params: { maximum: params.maximum } }];
    case 'invalid_value':
      return [{ field, code: 'field.choice', params: { values: params.values } }];
    case 'invalid_format':
      return [{ field, code: 'field.format' }];
    case 'custom':
      return [{ field, code: customCode(params), params: (params.params ?? params) as Record<string, unknown> }];
    default:
      return [{ field, code: 'field.invalid' }];
  }
}

/** A zod refinement may name its sentence: `{ params: { code: 'party.uscc_wrong' } }`. */
function customCode(params: Record<string, unknown>): string {
  const inner = params.params as { code?: string } | undefined;
  return inner?.code ?? 'field.invalid';
}

function fromFastify(error: FastifyError): AppError | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation as unknown as Issue[];
    return badRequest('request.invalid', {}, issues.flatMap(fieldErrors));
  }
  switch (error.statusCode) {
    case 400:
      return badRequest('request.malformed');
    case 404:
      return new AppError(404, 'request.no_route');
    case 413:
      return new AppError(413, 'request.too_large', { limit: '' });
    case 415:
      return new AppError(415, 'request.unsupported_media_type');
    case 429:
      return new AppError(429, 'request.too_many', { seconds: 60 });
    default:
      return undefined;
  }
}

function asAppError(error: FastifyError, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error;
  const known = databaseRefusal(error) ?? fromFastify(error);
  if (known) return known;
  request.log.error({ err: error }, 'a bug');
  return new AppError(500, 'request.bug', { requestId: request.id });
}

/** RFC 9457 problem details, the sentence in the caller's language. */
export function problem(error: AppError, locale: Locale): Record<string, unknown> {
  const { status, code, params, errors } = error;
  const { gate, article, allowed } = params;
  return {
    type: `urn:shian:error:${code}`,
    title: text(locale, code, params),
    status,
    code,
    detail: hasText(locale, `${code}.detail`) ? text(locale, `${code}.detail`, params) : text(locale, code, params),
    ...(gate === undefined ? {} : { gate }),
    ...(article === undefined ? {} : { article }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(errors
      ? { errors: errors.map((e) => ({ field: e.field, code: e.code, message: text(locale, e.code, e.params ?? {}) })) }
      : {}),
  };
}

function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = localeOf(request.headers['accept-language']);
  return reply
    .code(error.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', locale)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problem(error, locale));
}

/** Makes every failure a problem document; a bug is logged with its request id and says nothing else. */
export function installProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => sendProblem(asAppError(error, request), request, reply));
  app.setNotFoundHandler((request, reply) => sendProblem(new AppError(404, 'request.no_route'), request, reply));
}
