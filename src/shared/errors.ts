/** What is wrong with one field of the input: where, which rule, and the figures its sentence needs. */
export type FieldError = { field: string; code: string; params?: Record<string, unknown> };

/**
 * The one error of the product. `code` names a sentence in `i18n/`; `params` fill its blanks.
 * Conventional params: `gate` (K17 …), `article` (as printed), `allowed` (the actions that are open instead).
 */
export class AppError extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Record<string, unknown>;
  readonly errors: FieldError[] | undefined;

  constructor(status: number, code: string, params: Record<string, unknown> = {}, errors?: FieldError[]) {
    super(code);
    this.name = 'AppError';
    this.status = status;
    this.code = code;
    this.params = params;
    this.errors = errors;
  }
}

/** 400: the input cannot be read as what it should be. */
export const badRequest = (code: string, params?: Record<string, unknown>, errors?: FieldError[]): AppError =>
  new AppError(400, code, params, errors);

/** 401: nobody is logged in, or no longer. */
export const unauthorised = (code = 'auth.required', params?: Record<string, unknown>): AppError =>
  new AppError(401, code, params);

/** 403: logged in, but the permission is missing. */
export const forbidden = (code = 'auth.forbidden', params?: Record<string, unknown>): AppError =>
  new AppError(403, code, params);

/** 404: not there, or not yours: the two must not be told apart. */
export const notFound = (code = 'request.not_found', params?: Record<string, unknown>): AppError =>
  new AppError(404, code, params);

/** 409: the state forbids it, or it exists already. */
export const conflict = (code: string, params?: Record<string, unknown>): AppError =>
  new AppError(409, code, params);

/** 412: somebody else changed it since it was read. */
export const stale = (params?: Record<string, unknown>): AppError =>
  new AppError(412, 'request.stale', params);

/** 422: understood, but wrong: a legal refusal (`gate`, `article`) or a rule over several fields. */
export const unprocessable = (
  code: string,
  params?: Record<string, unknown>,
  errors?: FieldError[],
): AppError => new AppError(422, code, params, errors);
