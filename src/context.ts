import type { Readable } from 'node:stream';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Kysely, Transaction } from 'kysely';
import { claimKey, storeAnswer } from './db/idempotency.ts';
import type { SheetOf } from './db/list-schemas.ts';
import type { DB } from './db/schema.ts';
import type { FontSet } from './modules/documents/fonts.ts';
import type { PaperInput } from './modules/documents/render-worker.ts';
import type { TemplateBook } from './modules/documents/template.ts';
import type { Vault } from './shared/vault.ts';

/** Who acts: a person of a bureau or a laboratory, a machine with a key, the system itself, or the public. */
export type Actor = Readonly<{
  kind: 'user' | 'machine' | 'system' | 'public';
  id: string;
  name: string;
  bureauId: string | null;
  unitId: string | null;
  laboratoryId: string | null;
  roles: readonly string[];
  permissions: ReadonlySet<string>;
  /** The heads he decides in the place of today, with what each lends him that he does not hold himself. */
  standsFor?: readonly StandIn[];
}>;

/** A head somebody stands in for; `permissions` are among the actor's too. */
export type StandIn = Readonly<{ id: string; name: string; permissions: readonly string[] }>;

/** Where attachments and papers lie: once per content. */
export type FileStore = {
  /** Streams to the store; answers with SHA-256 (hex) and size in bytes; nothing is left behind when the stream breaks. */
  put(stream: Readable, maxBytes: number): Promise<{ sha256: string; size: number; head: Buffer }>;
  get(sha256: string): Promise<Readable>;
  has(sha256: string): Promise<boolean>;
  remove(sha256: string): Promise<void>;
};

/** Legal papers: where their templates are and what draws them. */
export type Papers = {
  templates: TemplateBook;
  /** To refuse, before a number is taken, what no font can print. */
  fonts: FontSet;
  /** Draws in a worker: the same input gives the same bytes. */
  render(input: PaperInput): Promise<Buffer>;
  /** Where a paper's QR code leads, by its verification code. */
  verifyUrl(code: string): string;
};

/** An event of a lower module that must move a higher one in the same transaction. */
export type DomainEvent = { type: string } & Record<string, unknown>;

/** The caller's promise that a repeat of this request is the same request. */
export type Idempotency = { key: string; route: string; bodyHash: string; replayed: boolean };

type Common = {
  readonly now: Date;
  readonly actor: Actor;
  readonly requestId: string;
  readonly locale: 'zh' | 'en';
  readonly log: FastifyBaseLogger;
  readonly files: FileStore;
  readonly vault: Vault;
  /** Outside the database: each sealed root of the audit trail is one line of it. */
  readonly auditRootsFile: string;
  readonly papers: Papers;
  readonly idempotency: Idempotency | null;
  readonly ifMatch: number | null;
  /** What the caller sent, as it was checked: whatever of it is kept with a record must not name who reported. */
  readonly said: unknown;
  /** What is read goes into a file that leaves the house: who reported is in none, whoever takes it along. */
  readonly leaves?: boolean;
  newId(): string;
  /** Tells the reactions of higher modules, in this transaction. */
  react(tx: TxCtx, event: DomainEvent): Promise<void>;
  /**
   * Runs after commit, outside any lock, with a context that may begin transactions of its own: never for what must
   * not be lost (a job repeats it).
   */
  afterCommit(work: (ctx: Ctx) => Promise<void>): void;
  /** Runs where the transaction was rolled back, before the refusal is answered: for the trace of a refused try. */
  afterRollback(work: (ctx: Ctx) => Promise<void>): void;
};

/** What a use case is given; it begins exactly one transaction with `inTx`. */
export type Ctx = Common & { readonly db: Kysely<DB> };

/** What runs inside a transaction; it never begins one. */
export type TxCtx = Common & { readonly db: Transaction<DB> };

/** Work that a clock starts: an ordinary function under a named system actor. */
export type Job = {
  name: string;
  /** Six-field cron in Asia/Shanghai. */
  schedule: string;
  run(ctx: Ctx): Promise<void>;
};

/** The HTTP application as the modules' `routes.ts` see it. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A module's routes. */
export type Routes = (app: App) => void;

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request's use case is given; made once the actor and the permission are known. */
    ctx: Ctx;
  }
  interface FastifyContextConfig {
    /** Who may call it: a permission `thing.verb`, `session` (anybody logged in) or `public`. Never absent. */
    permission?: string;
    /** `thing.read_own`: who holds only this may call it too, and its handler shows him what he entered himself. */
    own?: string;
    /** A second permission the caller must hold besides. */
    also?: string;
    /** A list's form as a workbook: it is then to be had at its address with `.xlsx` (http/sheets.ts). */
    sheet?: SheetOf;
  }
}

/**
 * Opens the one transaction of a use case. Where the request carries an Idempotency-Key the key is claimed
 * first and the answer is kept last, in the same transaction: a repeat gets the first answer.
 * The answer must therefore be plain JSON (no Date, no Buffer).
 */
export async function inTx<T>(ctx: Ctx, work: (tx: TxCtx) => Promise<T>): Promise<T> {
  const after: ((ctx: Ctx) => Promise<void>)[] = [];
  const undone: ((ctx: Ctx) => Promise<void>)[] = [];
  const own = {
    afterCommit: (job: (ctx: Ctx) => Promise<void>) => void after.push(job),
    afterRollback: (job: (ctx: Ctx) => Promise<void>) => void undone.push(job),
  };
  // The request's promises are kept by its own transaction.
  const later: Ctx = { ...ctx, idempotency: null, ifMatch: null };
  const run = ctx.db.transaction().execute(async (trx) => {
    const tx: TxCtx = { ...ctx, ...own, db: trx };
    const first = await claimKey(tx);
    if (first) return first.answer as T;
    const answer = await work(tx);
    await storeAnswer(tx, answer);
    return answer;
  });
  const result = await run.catch(async (error: unknown) => {
    for (const job of undone) await job(later);
    throw error;
  });
  for (const job of after) {
    job(later).catch((error: unknown) =>
      ctx.log.error({ err: error }, 'after-commit work failed; its job repeats it'),
    );
  }
  return result;
}
