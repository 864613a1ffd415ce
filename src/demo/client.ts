/** An answer of the server, its body already read. */
export type Answer<T = Record<string, unknown>> = { status: number; body: T; headers: Headers };

type Extra = { headers?: Record<string, string> };

/** A caller of the API as a browser is one: it keeps its cookie and sends the token that belongs to it. */
export type Client = ReturnType<typeof makeClient>;

type Identity = { cookie: string; csrf: string };

function requestInit(
  method: string,
  body: unknown,
  { headers }: Extra,
  { cookie, csrf }: Identity,
): RequestInit {
  const isForm = body instanceof FormData;
  return {
    method,
    redirect: 'manual',
    headers: {
      ...(cookie ? { cookie } : {}),
      ...(csrf ? { 'x-csrf-token': csrf } : {}),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  };
}

/** Makes a client of the server at `url`. */
export function makeClient(url: string) {
  const identity: Identity = { cookie: '', csrf: '' };
  const send = async <T>(
    method: string,
    path: string,
    body?: unknown,
    extra: Extra = {},
  ): Promise<Answer<T>> => {
    const response = await fetch(url + path, requestInit(method, body, extra, identity));
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (set.length > 0) identity.cookie = set.join('; ');
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const parsed: unknown = isJson && text ? JSON.parse(text) : text;
    return { status: response.status, body: parsed as T, headers: response.headers };
  };
  const client = {
    get: <T = Record<string, unknown>>(path: string, extra?: Extra) => send<T>('GET', path, undefined, extra),
    post: <T = Record<string, unknown>>(path: string, body?: unknown, extra?: Extra) =>
      send<T>('POST', path, body, extra),
    patch: <T = Record<string, unknown>>(path: string, body?: unknown, extra?: Extra) =>
      send<T>('PATCH', path, body, extra),
    delete: <T = Record<string, unknown>>(path: string, extra?: Extra) =>
      send<T>('DELETE', path, undefined, extra),
    /** Who it is, for a request made by other means. */
    headers: () => ({ cookie: identity.cookie, 'x-csrf-token': identity.csrf }),
    /** The bytes of a file. */
    download: async (path: string): Promise<Buffer> => {
      const response = await fetch(url + path, requestInit('GET', undefined, {}, identity));
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return Buffer.from(await response.arrayBuffer());
    },
    /** What a thief of the cookie, or of the token, would hold. */
    cookie: () => identity.cookie,
    csrf: () => identity.csrf,
    /** Forgets the token, as a forged page would not have it. */
    withoutCsrf: () => void (identity.csrf = ''),
    logIn: async (login: string, password: string) => {
      const { status, body } = await send<{ csrfToken: string }>('POST', '/api/login', { login, password });
      if (status !== 200) throw new Error(`log-in of ${login}: ${status} ${JSON.stringify(body)}`);
      identity.csrf = body.csrfToken;
      return client;
    },
  };
  return client;
}
