/** An answer of the server, its body already read. */
export type Answer<T = Record<string, unknown>> = { status: number; body: T; headers: Headers };

type Extra = { headers?: Record<string, string> };

/** A caller of the API as a browser is one: it keeps its cookie and sends the token that belongs to it. */
export type Client = ReturnType<typeof makeClient>;

/** Makes a client of the server at `url`. */
export function makeClient(url: string) {
  let cookie = '';
  let csrf = '';
  const send = async <T>(method: string, path: string, body?: unknown, extra: Extra = {}): Promise<Answer<T>> => {
    const isForm = body instanceof FormData;
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(csrf ? { 'x-csrf-token': csrf } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...extra.headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (set.length > 0) cookie = set.join('; ');
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: (isJson && text ? JSON.parse(text) : text) as T, headers: response.headers };
  };
  const client = {
    get: <T = Record<string, unknown>>(path: string, extra?: Extra) => send<T>('GET', path, undefined, extra),
    post: <T = Record<string, unknown>>(path: string, body?: unknown, extra?: Extra) => send<T>('POST', path, body, extra),
    patch: <T = Record<string, unknown>>(path: string, body?: unknown, extra?: Extra) => send<T>('PATCH', path, body, extra),
    put: <T = Record<string, unknown>>(path: string, body?: unknown, extra?: Extra) => send<T>('PUT', path, body, extra),
    delete: <T = Record<string, unknown>>(path: string, extra?: Extra) => send<T>('DELETE', path, undefined, extra),
    /** Forgets the token, as a forged page would not have it. */
    withoutCsrf: () => void (csrf = ''),
    logIn: async (login: string, password: string) => {
      const { status, body } = await send<{ csrfToken: string }>('POST', '/api/login', { login, password });
      if (status !== 200) throw new Error(`log-in of ${login}: ${status} ${JSON.stringify(body)}`);
      csrf = body.csrfToken;
      return client;
    },
  };
  return client;
}
