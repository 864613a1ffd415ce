import pino, { type DestinationStream } from 'pino';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';

type Fault = { name?: string; message?: string; stack?: string; code?: unknown; cause?: unknown } & Record<
  string,
  unknown
>;

// What PostgreSQL says of a fault by name; its message, detail and place hold the values of rows.
const OF_THE_DATABASE = ['code', 'severity', 'table', 'column', 'constraint', 'routine'] as const;

const frames = (stack: string | undefined): string =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');

/**
 * An error as the log may keep it: what it is and where it arose. Its message only where our own code worded it:
 * what the database, a parser or a schema says quotes what somebody typed.
 */
export function loggableError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const fault = error as unknown as Fault;
  const quotes = 'severity' in fault || error instanceof SyntaxError || 'issues' in fault;
  const named = OF_THE_DATABASE.filter((key) => typeof fault[key] === 'string');
  return {
    type: error.name,
    ...(quotes ? {} : { message: error.message }),
    ...Object.fromEntries(named.map((key) => [key, fault[key]])),
    ...(fault.cause === undefined ? {} : { cause: loggableError(fault.cause) }),
    stack: frames(error.stack),
  };
}

/** The process's log: no personal data, no secrets. `to` is standard output unless it is said otherwise. */
export function makeLog(level: Config['logLevel'], to?: DestinationStream): FastifyBaseLogger {
  const options = {
    level,
    serializers: { err: loggableError, error: loggableError },
    redact: { paths: ['req', 'res', '*.password', '*.token'], remove: true },
  };
  return to ? pino(options, to) : pino(options);
}

/** The log of a command: beside its answer, not in it. */
export const commandLog = (level: Config['logLevel']): FastifyBaseLogger =>
  makeLog(level, pino.destination({ dest: 2, sync: true }));
