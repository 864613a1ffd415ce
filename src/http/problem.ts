import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { databaseRefusal } from '../db/constraints.ts';
import { hasText, type Locale, localeOf, text } from '../i18n/index.ts';
import { AppError, badRequest, type FieldError } from '../shared/errors.ts';

/** Bytes of a JSON body; uploads have a limit of their own. */
export const BODY_LIMIT = 1024 * 1024;

type Issue = { keyword: string; instancePath: string; params: Record<string, unknown> };

const FIELD_ERRORS: Record<string, (params: Record<string, unknown>) => Omit<FieldError, 'field'>> = {
  invalid_type: ({ expected }) => ({ code: 'field.type', params: { expected } }),
  too_small: ({ minimum }) => ({ code: 'field.too_small', params: { minimum } }),
  too_big: ({ maximum }) => ({ code: 'field.too_big', params: { maximum } }),
  invalid_value: ({ values }) => ({ code: 'field.choice', params: { values } }),
  invalid_format: () => ({ code: 'field.format' }),
  custom: (params) => ({ code: customCode(params), params }),
};

/** One zod issue as field errors: unknown keys are named one by one. */
function fieldErrors({ keyword, instancePath, params }: Issue): FieldError[] {
  const field = instancePath.slice(1).replaceAll('/', '.');
  if (keyword === 'unrecognized_keys') {
    return (params['keys'] as string[]).map((key) => ({
      field: field ? `${field}.${key}` : key,
      code: 'field.unknown',
    }));
  }
  const error = FIELD_ERRORS[keyword]?.(params) ?? { code: 'field.invalid' };
  return [{ field, ...error }];
}

/** A zod refinement may name its sentence: `{ params: { code: 'party.uscc_wrong' } }`. */
function customCode(params: Record<string, unknown>): string {
  const inner = params.params as { code?: string } | undefined;
  return inner?.code ?? 'field.invalid';
}

/** What Fastify itself refuses, before any code of ours has seen the request. */
const BY_STATUS: Record<number, () => AppError> = {
  400: () => badRequest('request.malformed'),
  404: () => new AppError(404, 'request.no_route'),
  413: () => new AppError(413, 'request.too_large', { limit: BODY_LIMIT }),
  415: () => new AppError(415, 'request.unsupported_media_type'),
};

function fromFastify(error: FastifyError): AppError | undefined {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation as unknown as Issue[];
    return badRequest('request.invalid', {}, issues.flatMap(fieldErrors));
  }
  return error.statusCode === undefined ? undefined : BY_STATUS[error.statusCode]?.();
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
    detail: hasText(locale, `${code}.detail`)
      ? text(locale, `${code}.detail`, params)
      : text(locale, code, params),
    ...(gate === undefined ? {} : { gate }),
    ...(article === undefined ? {} : { article }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(errors
      ? {
          errors: errors.map((e) => ({
            field: e.field,
            code: e.code,
            message: text(locale, e.code, e.params ?? {}),
          })),
        }
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
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    sendProblem(asAppError(error, request), request, reply),
  );
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new AppError(404, 'request.no_route'), request, reply),
  );
}
