import t from 'tap';
import { makeClient } from '../../src/demo/client.ts';
import { createDeps } from '../../src/deps.ts';
import { testApp } from '../app.ts';
import { type Problem, serveWith } from './server.ts';

type Operation = {
  'x-permission'?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
  responses: Record<string, { content?: Record<string, unknown> }>;
};
type Description = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};

/** Every route the server has, read off its own tree, as the description would name it: `get /api/units/{id}`. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^(.*)── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!found) return [];
    const [, indent, part, methods = ''] = found;
    const depth = Math.floor(indent!.length / 4);
    above.splice(depth, Infinity, part!);
    const path = above.join('').replace(/:(\w+)/g, '{$1}');
    const names = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD');
    return names.map((method) => `${method.toLowerCase()} ${path}`);
  });
}

t.test('what every answer carries', async (t) => {
  const { anonymous } = await testApp(t);
  const { headers } = await anonymous().get('/api/me');
  const policy = headers.get('content-security-policy') ?? '';
  const script = policy.split(';').find((directive) => directive.startsWith('script-src '));
  t.equal(script, "script-src 'self'");
  t.match(policy, "frame-ancestors 'none'");
  t.match(policy, "object-src 'none'");
  t.notMatch(policy, /https?:/, 'no other host for anything');
  t.equal(headers.get('x-content-type-options'), 'nosniff');
  t.equal(headers.get('referrer-policy'), 'no-referrer');
  t.equal(headers.get('cache-control'), 'no-store');
  t.equal(headers.get('strict-transport-security'), null, 'not over plain HTTP');
  t.equal(headers.get('x-powered-by'), null);
  t.match(headers.get('x-request-id'), /^[0-9a-f-]{36}$/);
  const two = await Promise.all([anonymous().get('/healthz'), anonymous().get('/healthz')]);
  t.not(two[0]!.headers.get('x-request-id'), two[1]!.headers.get('x-request-id'));
  const given = await anonymous().get('/healthz', { headers: { 'x-request-id': 'forged' } });
  t.not(given.headers.get('x-request-id'), 'forged', 'nobody else numbers our requests');
});

t.test('health', async (t) => {
  const app = await testApp(t, { METRICS_TOKEN: 'm-e-t-r-i-c-s' });
  const { anonymous, deps } = app;

  t.test('lives, and can serve', async (t) => {
    t.match(await anonymous().get('/healthz'), { status: 200, body: { status: 'ok' } });
    t.match(await anonymous().get('/readyz'), { status: 200, body: { status: 'ok' } });
  });

  t.test('figures for Prometheus, for who has the token', async (t) => {
    t.equal((await anonymous().get('/metrics')).status, 401);
    const wrong = { headers: { authorization: 'Bearer m-e-t-r-i-c-x' } };
    t.equal((await anonymous().get('/metrics', wrong)).status, 401);
    await anonymous().get('/api/users/018d0000-0000-7000-8000-000000000000?phone=13800000001');
    const right = { headers: { authorization: 'Bearer m-e-t-r-i-c-s' } };
    const { status, body, headers } = await anonymous().get<string>('/metrics', right);
    t.equal(status, 200);
    t.match(headers.get('content-type'), /^text\/plain/);
    t.match(
      body,
      /http_request_duration_seconds_count\{method="GET",route="\/api\/users\/:id",status="401"\} 1/,
    );
    t.match(body, /^process_cpu_seconds_total /m);
    t.notMatch(body, /018d0000|13800000001/, 'routes, never addresses');
  });

  t.test('without its database it lives on but cannot serve, and says so', async (t) => {
    // Nobody listens on port 1.
    const appUrl = 'postgres://shian_app:x@127.0.0.1:1/shian';
    const alone = await createDeps({ config: deps.config, appUrl, log: deps.log });
    t.teardown(() => alone.close());
    const url = await serveWith(t, { ...app, deps: alone }, () => undefined);
    t.equal((await makeClient(url).get('/healthz')).status, 200);
    const refused = await makeClient(url).get<Problem>('/readyz');
    t.match(refused, { status: 503, body: { code: 'request.not_ready' } });
    t.equal(refused.body.detail, '暂时不能服务：数据库无法连接。');
    const english = await makeClient(url).get<Problem>('/readyz', { headers: { 'accept-language': 'en' } });
    t.equal(english.body.detail, 'Cannot serve just now: the database cannot be reached.');
  });
});

t.test('figures without a token are for this machine, not for a public address', async (t) => {
  const here = await testApp(t);
  t.equal((await here.anonymous().get('/metrics')).status, 200);
  const there = await testApp(t, { PUBLIC_URL: 'https://shian.example' });
  t.equal((await there.anonymous().get('/metrics')).status, 404);
});

t.test('the description of the API', async (t) => {
  const app = await testApp(t);
  const { body: described } = await app.anonymous().get<Description>('/openapi.json');
  const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, operation })),
  );

  t.test('is OpenAPI 3.1 and knows every route with its permission', async (t) => {
    t.match(described.openapi, /^3\.1\.\d$/);
    for (const { name, operation } of operations) {
      t.type(operation['x-permission'], 'string', name);
      const isPublic = operation['x-permission'] === 'public';
      t.equal(operation.security?.length, isPublic ? 0 : 2, name);
      t.match(operation.responses['default'], { $ref: '#/components/responses/Problem' }, name);
    }
    t.ok(operations.length > 100, `${operations.length} operations`);
    t.ok(described.components.schemas['Problem']);
    const said = new Set(operations.map(({ name }) => name));
    const unsaid = routesOf(app.app.printRoutes()).filter((name) => !said.has(name));
    const pages =
      /^get \/($|docs|public|assets|setup$|metrics$|openapi\.json$|v\/|verify$)|^(get|post) \/(report|follow)/;
    t.same(
      unsaid.filter((name) => !pages.test(name)),
      [],
    );
  });

  t.test('declares the parts of every address and what every answer holds', async (t) => {
    for (const { name, path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
      t.same(inPath, path.match(/(?<=\{)\w+(?=\})/g) ?? [], name);
    }
    // A file or an empty answer has no fields; everything else must say what it lets out.
    const silent = operations.filter(({ operation }) =>
      Object.entries(operation.responses).every(
        ([status, answer]) => !/^2\d\d$/.test(status) || answer.content === undefined,
      ),
    );
    const files = silent.filter(({ name }) => !name.endsWith('.xlsx'));
    t.same(files.map(({ name }) => name).toSorted(), [
      'get /api/attachments/{id}/content',
      'get /api/documents/{id}/content',
      'get /api/documents/{id}/preview',
      'post /api/logout',
      'post /api/me/password',
    ]);
  });

  t.test('points at nothing outside itself', async (t) => {
    const pointers = JSON.stringify(described).match(/"\$ref":"[^"]+"/g) ?? [];
    t.same(
      [...new Set(pointers)].filter((one) => !one.includes('"#/')),
      [],
    );
  });
});

t.test('the page that shows it', async (t) => {
  const { url } = await testApp(t);
  const page = await fetch(`${url}/docs`);
  t.equal(page.status, 200);
  const html = await page.text();
  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
  t.ok(assets.length >= 4);
  for (const link of assets) {
    const asset = new URL(link, page.url);
    t.equal(asset.origin, url, link);
    const answer = await fetch(asset);
    t.equal(answer.status, 200, link);
    const size = (await answer.arrayBuffer()).byteLength;
    t.ok(size > 100, `${link}: ${size} bytes`);
  }
  t.notMatch(html, /<script(?![^>]*\bsrc=)[^>]*>/, 'no inline script: the policy would stop it');
  t.notMatch(html, /\son\w+=/, 'nor a handler');
  const start = await (await fetch(new URL('./docs/static/swagger-initializer.js', `${url}/`))).text();
  t.match(start, '/openapi.json');
  t.match(start, /"validatorUrl":\s*null/, 'nobody outside is asked whether it is valid');
});

t.test('the set-up page runs under the policy', async (t) => {
  const { url } = await testApp(t);
  const html = await (await fetch(`${url}/setup`)).text();
  t.notMatch(html, /<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|https?:/);
  for (const [, link] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const answer = await fetch(url + link!);
    t.equal(answer.status, 200, link!);
    t.match(answer.headers.get('content-type'), /^text\/(css|javascript)/);
  }
});

t.test('the log', async (t) => {
  const { as, anonymous, logged, filled } = await testApp(t, { LOG_LEVEL: 'trace' });
  const clerk = await as('case_officer');
  const { headers } = await clerk.get('/api/users?q=%E8%AF%B8%E8%91%9B&limit=5');
  const id = headers.get('x-request-id')!;

  t.test('has one line a request: route, status, who, how long', async (t) => {
    const lines = logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    const mine = lines.filter((line) => line['reqId'] === id);
    t.equal(mine.length, 1);
    t.match(mine[0], {
      msg: 'request',
      method: 'GET',
      route: '/api/users',
      status: 200,
      actor: filled.users.case_officer!.id,
      ms: Number,
    });
  });

  t.test('no query, no password, no name, no token, no address of the caller', async (t) => {
    await anonymous().post('/api/login', { login: '诸葛亮', password: 'Secret-Word-13800000001' });
    await anonymous().get('/api/nothing/13800000001?id=510114199001011234');
    await anonymous().post('/api/setup', { administrator: { name: '诸葛亮' }, phone: '13800000001' });
    await clerk.get(`/api/users?cursor=${encodeURIComponent('诸葛亮')}`);
    // Where the server itself listens is not where anybody calls from.
    const all = logged.filter((line) => !line.includes('Server listening')).join('');
    t.notMatch(all, /诸葛|Secret-Word|13800000001|510114199001011234|%E8%AF%B8/);
    t.notMatch(all, filled.password);
    t.notMatch(all, clerk.csrf());
    t.notMatch(all, clerk.cookie().split('=')[1]!);
    t.notMatch(all, /127\.0\.0\.1|user-agent|"cookie"|"authorization"/);
  });
});
