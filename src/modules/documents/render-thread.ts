import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import { loadFonts } from './fonts.ts';
import { renderDocument } from './render.ts';
import type { RenderReply, RenderRequest, ThreadSetup } from './render-worker.ts';
import { loadTemplates, templateVersion } from './template.ts';

// The thread that draws. It lives as long as the process, so fonts and templates are read once.
const setup = workerData as ThreadSetup;
const port = parentPort;
if (port === null) throw new Error('render-thread.ts runs only as a worker thread');
const book = loadTemplates(setup.templateDirs);
const fonts = loadFonts(setup.fontDir);

port.on('message', (request: RenderRequest) => {
  void reply(request);
});

async function reply({ id, input: { kind, version, ...rest } }: RenderRequest): Promise<void> {
  try {
    const bytes = await renderDocument(
      { ...rest, template: templateVersion(book, kind, version) },
      { fonts },
    );
    // Moved, not copied, where the bytes have a buffer of their own.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
    post({ id, bytes: own }, own.buffer instanceof ArrayBuffer ? [own.buffer] : []);
  } catch (error) {
    post({ id, failure: failureOf(error) });
  }
}

function post(message: RenderReply, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

function failureOf(error: unknown): Extract<RenderReply, { failure: unknown }>['failure'] {
  if (error instanceof AppError) return { status: error.status, code: error.code, params: error.params };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
