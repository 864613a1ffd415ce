import createClient, { type Middleware } from 'openapi-fetch';
import i18n from 'i18next';
import { ApiProblem } from './problem.ts';
import type { AnswerOf, BodyOf, GetPath, paths, PostedOf, PostPath, Problem, QueryOf } from './types.ts';

const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

let csrfToken: string | null = null;
let onExpired: () => Promise<boolean> = async () => false;

/** The token that belongs to the session, from log-in or /api/me. */
export const setCsrfToken = (token: string | null): void => void (csrfToken = token);

/** Asks whoever sits there to log in again; true once that is done, and the request is sent once more. */
export const setOnExpired = (ask: () => Promise<boolean>): void => void (onExpired = ask);

const headersOf: Middleware = {
  onRequest({ request }) {
    request.headers.set('accept-language', i18n.language);
    if (csrfToken && WRITING.has(request.method)) request.headers.set('x-csrf-token', csrfToken);
    return request;
  },
};

const client = createClient<paths>({ baseUrl: location.origin });
client.use(headersOf);

/** What is said where the line or the server is away. */
export const away = (): Problem => ({
  type: 'about:blank',
  status: 0,
  code: 'web.away',
  title: i18n.t('shell.away'),
  detail: i18n.t('shell.awayDetail'),
});

/** What is said where an answer is none of ours. */
export const unreadable = (status: number): Problem => ({
  type: 'about:blank',
  status,
  code: 'web.unreadable',
  title: i18n.t('shell.serverError'),
  detail: i18n.t('shell.serverErrorDetail'),
});

type Answer = { data?: unknown; error?: unknown; response: Response };
type Send = (path: string, init: object) => Promise<Answer>;

/** The refusal of an answer; undefined where it is none. */
function refusalOf({ error, response }: Answer): Problem | undefined {
  if (response.ok) return undefined;
  const problem = error as Problem | undefined;
  return typeof problem?.code === 'string' ? problem : unreadable(response.status);
}

/** Sends once, and once more after a new log-in where the session had ended. */
async function ask(send: Send, path: string, init: object): Promise<unknown> {
  const first = await send(path, init).catch(() => {
    throw new ApiProblem(away());
  });
  const refusal = refusalOf(first);
  if (!refusal) return first.data;
  if (refusal.status !== 401 || path === '/api/login' || path === '/api/me') throw new ApiProblem(refusal);
  if (!(await onExpired())) throw new ApiProblem(refusal);
  const second = await send(path, init);
  const again = refusalOf(second);
  if (again) throw new ApiProblem(again);
  return second.data;
}

/** Reads; throws ApiProblem. */
export const get = <P extends GetPath>(
  path: P,
  params: { path?: Record<string, string>; query?: QueryOf<P> | undefined } = {},
  signal?: AbortSignal,
) => ask(client.GET as unknown as Send, path, { params, signal }) as Promise<AnswerOf<P>>;

/** What goes with a write besides its body. */
export type WriteOptions = {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  /** The same key twice is one act. */
  key?: string;
  /** The version that was seen: another one is a conflict. */
  version?: number | undefined;
};

const writeInit = ({ path, query, key, version }: WriteOptions, body: unknown): object => ({
  params: { path, query },
  body,
  headers: {
    ...(key ? { 'idempotency-key': key } : {}),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  },
});

/** Does something; throws ApiProblem. */
export const post = <P extends PostPath>(path: P, body: BodyOf<P> | undefined, options: WriteOptions = {}) =>
  ask(client.POST as unknown as Send, path, writeInit(options, body)) as Promise<PostedOf<P>>;

/** Changes or removes something; throws ApiProblem. */
export const patch = (path: keyof paths, body: unknown, options: WriteOptions = {}) =>
  ask(client.PATCH as unknown as Send, path, writeInit(options, body));

/** Removes something; throws ApiProblem. */
export const remove = (path: keyof paths, options: WriteOptions = {}) =>
  ask(client.DELETE as unknown as Send, path, writeInit(options, undefined));

/** Sends a form with a file; throws ApiProblem. */
export const upload = <P extends PostPath>(path: P, form: FormData, options: WriteOptions = {}) =>
  ask(client.POST as unknown as Send, path, {
    ...writeInit(options, form),
    bodySerializer: (body: FormData) => body,
  }) as Promise<PostedOf<P>>;
