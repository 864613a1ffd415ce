/**
 * `npm run api:types [-- --verify]`: writes (or compares) the types the screens call the API with, from its own
 * OpenAPI description, which comes from the zod schemas of the routes. The shape is that of openapi-fetch's `paths`.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { makeTempFolder } from '../../src/db/temp-folder.ts';
import { createDeps } from '../../src/deps.ts';
import { makeLog } from '../../src/log.ts';

type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
};
type Parameter = { name: string; in: string; required?: boolean; schema?: Schema };
type Content = { content?: Record<string, { schema?: Schema }> };
type Operation = {
  parameters?: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses?: Record<string, Content>;
};

const OUT = resolve(import.meta.dirname, '../../src/web/api/openapi.ts');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const union = (parts: string[]): string => (parts.length === 0 ? 'never' : [...new Set(parts)].join(' | '));
const key = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  const rest = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown';
  return additionalProperties === false ? 'Record<string, never>' : `Record<string, ${rest}>`;
}

const PLAIN: Record<string, string> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

function namedType(type: string, schema: Schema): string {
  if (type === 'object') return objectType(schema);
  if (type !== 'array') return PLAIN[type] ?? 'unknown';
  return schema.prefixItems
    ? `[${schema.prefixItems.map(typeOf).join(', ')}]`
    : `(${typeOf(schema.items ?? {})})[]`;
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (schema.allOf) return schema.allOf.map((part) => `(${typeOf(part)})`).join(' & ');
  return schema.type ? union([schema.type].flat().map((type) => namedType(type, schema))) : 'unknown';
}

function parametersOf(parameters: Parameter[] = []): string {
  const groups = ['query', 'path'].map((place) => {
    const mine = parameters.filter((parameter) => parameter.in === place);
    if (mine.length === 0) return `${place}?: never`;
    const fields = mine.map((p) => `${key(p.name)}${p.required ? '' : '?'}: ${typeOf(p.schema ?? {})}`);
    const optional = mine.some((p) => p.required) ? '' : '?';
    return `${place}${optional}: { ${fields.join('; ')} }`;
  });
  return `parameters: { ${groups.join('; ')} }`;
}

function contentOf({ content = {} }: Content): string {
  const types = Object.entries(content).map(
    ([type, { schema }]) => `${JSON.stringify(type)}: ${typeOf(schema ?? {})}`,
  );
  return types.length === 0 ? 'content?: never' : `content: { ${types.join('; ')} }`;
}

function operationOf({ parameters, requestBody, responses = {} }: Operation): string {
  const body = requestBody
    ? `requestBody${requestBody.required ? '' : '?'}: { ${contentOf(requestBody)} }`
    : 'requestBody?: never';
  const answers = Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, answer]) => `${status}: { headers: Record<string, unknown>; ${contentOf(answer)} }`);
  const problem =
    'default: { headers: Record<string, unknown>; content: { "application/problem+json": Problem } }';
  return `{ ${parametersOf(parameters)}; ${body}; responses: { ${[...answers, problem].join('; ')} } }`;
}

async function describe(): Promise<Record<string, Record<string, Operation>>> {
  const folder = await makeTempFolder('shian-api-types-');
  const config = readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  // Nothing is asked of the database: the routes are only declared.
  const deps = await createDeps({ config, appUrl: 'postgres://127.0.0.1:1/none', log: makeLog('silent') });
  const app = await buildApp(deps);
  try {
    await app.ready();
    return app.swagger().paths as Record<string, Record<string, Operation>>;
  } finally {
    await app.close();
    await deps.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function generate(): Promise<string> {
  const paths = Object.entries(await describe()).filter(([path]) => path.startsWith('/api/'));
  const lines = paths.flatMap(([path, operations]) => [
    `  ${JSON.stringify(path)}: {`,
    ...METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation ? [`    ${method}: ${operationOf(operation)};`] : [];
    }),
    '  };',
  ]);
  return [
    '// GENERATED by `npm run api:types` from the schemas of the routes; do not edit.',
    '',
    '/** RFC 9457, with what the product adds. */',
    'export type Problem = { type: string; title: string; status: number; code: string; detail: string; gate?: string; article?: string; allowed?: string[]; errors?: { field: string; code: string; message: string }[] };',
    '',
    'export type paths = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

const fresh = await generate();
if (process.argv.includes('--verify')) {
  const kept = await readFile(OUT, 'utf8').catch(() => '');
  if (kept !== fresh) {
    console.error('src/web/api/openapi.ts is not what the routes say: npm run api:types');
    process.exitCode = 1;
  }
} else {
  await writeFile(OUT, fresh);
}
