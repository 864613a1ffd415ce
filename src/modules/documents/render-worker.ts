import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import type { RenderInput } from './render.ts';

/** A paper to render, its template named by kind and version. */
export type PaperInput = Omit<RenderInput, 'template'> & { kind: string; version: number };

/** Draws papers in a thread of its own, one after the other, so that the event loop never waits for a PDF. */
export type Renderer = {
  /**
   * The PDF; the same job gives the same bytes. AppError 422 `document.missing_glyph`, 404 `document.no_template`;
   * Error when the thread died, after which the next job starts a new one.
   */
  render(job: PaperInput): Promise<Buffer>;
  /** Ends the thread; jobs still waiting are rejected. */
  close(): Promise<void>;
};

/** What the thread is told when it starts. */
export type ThreadSetup = { fontDir: string | undefined; templateDirs: string[] };
export type RenderRequest = { id: number; input: PaperInput };
type Failure = { status: number; code: string; params: Record<string, unknown> } | { message: string };
export type RenderReply = { id: number; bytes: Uint8Array } | { id: number; failure: Failure };

type Waiting = { resolve: (bytes: Buffer) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; waiting: Map<number, Waiting> };

/** Starts a renderer. The thread itself begins with the first job. */
export function startRenderer(options: { fontDir?: string; templateDirs: string[] }): Renderer {
  const setup: ThreadSetup = { fontDir: options.fontDir, templateDirs: options.templateDirs };
  let thread: Thread | undefined;
  let lastId = 0;
  let closed = false;
  return {
    render(input) {
      if (closed) return Promise.reject(new Error('the renderer is closed'));
      thread ??= startThread(setup, () => (thread = undefined));
      const { worker, waiting } = thread;
      const id = (lastId += 1);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, input } satisfies RenderRequest);
      });
    },
    async close() {
      closed = true;
      await thread?.worker.terminate();
    },
  };
}

function startThread(setup: ThreadSetup, onEnd: () => void): Thread {
  const worker = new Worker(new URL('./render-thread.ts', import.meta.url), { workerData: setup });
  const waiting = new Map<number, Waiting>();
  const fail = (error: Error): void => {
    onEnd();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  // An idle renderer does not keep the process alive.
  worker.unref();
  worker.on('message', (reply: RenderReply) => {
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if (waiter === undefined) return;
    if ('bytes' in reply) waiter.resolve(Buffer.from(reply.bytes.buffer));
    else waiter.reject(errorOf(reply.failure));
  });
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => fail(new Error('the renderer ended before the paper was drawn')));
  return { worker, waiting };
}

const errorOf = (failure: Failure): Error =>
  'code' in failure ? new AppError(failure.status, failure.code, failure.params) : new Error(failure.message);
