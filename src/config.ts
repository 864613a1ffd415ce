import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const Flag = z
  .enum(['0', '1', 'true', 'false'])
  .transform((value) => value === '1' || value === 'true')
  .optional();

const TrustProxy = z
  .string()
  .transform((value) => (value === 'true' ? true : value === 'false' ? false : value))
  .optional();

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  PUBLIC_URL: z.url().optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  TRUST_PROXY: TrustProxy,
  DATABASE_URL: z.url().optional(),
  DATABASE_OWNER_URL: z.url().optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  DATA_DIR: z.string().default('./var'),
  FILES_DIR: z.string().optional(),
  FILES_MAX_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .default(50 * 1024 * 1024),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  VAULT_KEYS: z.string().optional(),
  FONT_DIR: z.string().optional(),
  TEMPLATE_DIR: z.string().optional(),
  AUDIT_ROOTS_FILE: z.string().optional(),
  EXPORT_MAX_ROWS: z.coerce.number().int().min(1).max(1_000_000).default(200_000),
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).default(30),
  SESSION_HOURS: z.coerce.number().int().min(1).default(12),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: z.string().optional(),
  INSECURE_COOKIES: Flag,
});

type Env = z.infer<typeof Environment>;

/** Everything the process is told from outside, read once, checked and frozen; secrets in their own branch. */
export type Config = Readonly<{
  host: string;
  port: number;
  publicUrl: string | null;
  trustProxy: boolean | string;
  secureCookies: boolean;
  dataDir: string;
  filesDir: string;
  filesMaxBytes: number;
  auditRootsFile: string;
  fontDir: string | undefined;
  templateDirs: string[];
  databasePool: number;
  exportMaxRows: number;
  sessionIdleMinutes: number;
  sessionHours: number;
  rateLimitPerMinute: number;
  logLevel: Env['LOG_LEVEL'];
  s3: { endpoint: string; bucket: string; region: string } | null;
  secrets: Readonly<{
    databaseUrl: string | undefined;
    databaseOwnerUrl: string | undefined;
    tls: { cert: Buffer; key: Buffer } | null;
    vaultKeys: string | undefined;
    metricsToken: string | undefined;
    s3: { accessKey: string; secretKey: string } | null;
  }>;
}>;

/** The project's own document templates. */
export const TEMPLATE_DIR = resolve(import.meta.dirname, '../templates/documents');

/** One variable of the environment, for a process that is not configured by all of them (the demo's port). */
export const variable = (name: string): string | undefined => process.env[name];

/** Variables that mean nothing without each other. */
const TOGETHER: (keyof Env)[][] = [
  ['TLS_CERT', 'TLS_KEY'],
  ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'],
];

const wrongConfig = (wrong: string): Error =>
  new Error(
    `配置有误，请改正这些环境变量：${wrong}\nThe configuration is wrong, correct these variables: ${wrong}`,
  );

/** Reads and checks the environment; throws one sentence naming every variable that is wrong. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  // A variable set to nothing is how compose files and shells leave one out.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw wrongConfig(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  }
  const half = TOGETHER.filter((names) => names.some((name) => parsed.data[name]));
  const missing = half.flat().filter((name) => parsed.data[name] === undefined);
  if (missing.length > 0) throw wrongConfig(missing.join(', '));
  return Object.freeze({ ...settings(parsed.data), secrets: Object.freeze(secrets(parsed.data)) });
}

function readSecret(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw wrongConfig(`${name}: ${file} (${(error as { code?: string }).code})`);
  }
}

function tlsOf({ TLS_CERT, TLS_KEY }: Env): Config['secrets']['tls'] {
  if (!TLS_CERT || !TLS_KEY) return null;
  return { cert: readSecret('TLS_CERT', TLS_CERT), key: readSecret('TLS_KEY', TLS_KEY) };
}

/** Cookies are marked secure wherever the browser speaks TLS to us or to a proxy before us. */
function secureCookies(e: Env): boolean {
  const tls = Boolean(e.TLS_CERT && e.TLS_KEY) || Boolean(e.PUBLIC_URL?.startsWith('https:'));
  return tls && e.INSECURE_COOKIES !== true;
}

function bucket(e: Env): Config['s3'] {
  if (!e.S3_ENDPOINT || !e.S3_BUCKET) return null;
  return { endpoint: e.S3_ENDPOINT, bucket: e.S3_BUCKET, region: e.S3_REGION };
}

function settings(e: Env): Omit<Config, 'secrets'> {
  const dataDir = resolve(e.DATA_DIR);
  return {
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL ? e.PUBLIC_URL.replace(/\/+$/, '') : null,
    trustProxy: e.TRUST_PROXY ?? false,
    secureCookies: secureCookies(e),
    dataDir,
    filesDir: resolve(e.FILES_DIR ?? `${dataDir}/files`),
    filesMaxBytes: e.FILES_MAX_BYTES,
    auditRootsFile: resolve(e.AUDIT_ROOTS_FILE ?? `${dataDir}/audit-roots.log`),
    fontDir: e.FONT_DIR,
    templateDirs: e.TEMPLATE_DIR ? [TEMPLATE_DIR, resolve(e.TEMPLATE_DIR)] : [TEMPLATE_DIR],
    databasePool: e.DATABASE_POOL,
    exportMaxRows: e.EXPORT_MAX_ROWS,
    sessionIdleMinutes: e.SESSION_IDLE_MINUTES,
    sessionHours: e.SESSION_HOURS,
    rateLimitPerMinute: e.RATE_LIMIT_PER_MINUTE,
    logLevel: e.LOG_LEVEL,
    s3: bucket(e),
  };
}

function secrets(e: Env): Config['secrets'] {
  return {
    databaseUrl: e.DATABASE_URL,
    databaseOwnerUrl: e.DATABASE_OWNER_URL,
    tls: tlsOf(e),
    vaultKeys: e.VAULT_KEYS,
    metricsToken: e.METRICS_TOKEN,
    s3:
      e.S3_ACCESS_KEY && e.S3_SECRET_KEY ? { accessKey: e.S3_ACCESS_KEY, secretKey: e.S3_SECRET_KEY } : null,
  };
}
