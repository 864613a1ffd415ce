import type { FastifyRequest } from 'fastify';
import type { Ctx } from '../context.ts';
import { discardContent, type ReceivedFile, storeConfidential } from '../modules/files/index.ts';
import { AppError } from '../shared/errors.ts';

/** A form of a public page as it came in: each field once, the files already in the store. */
export type SentForm = {
  values: Map<string, string>;
  files: ReceivedFile[];
  /** What was wrong with a file; then none is kept. */
  refused: AppError | null;
};

const LIMITS = { fieldSize: 100_000, fields: 30, fileSize: 20 * 1024 * 1024, headerPairs: 50 };

/** Reads a form; of files at most `most`. What is refused of them leaves nothing behind. */
export async function readForm(request: FastifyRequest, ctx: Ctx, most: number): Promise<SentForm> {
  if (!request.isMultipart()) throw new AppError(415, 'request.unsupported_media_type');
  const form: SentForm = { values: new Map(), files: [], refused: null };
  try {
    const limits = { ...LIMITS, files: Math.max(1, most), parts: LIMITS.fields + most + 1 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') form.values.set(part.fieldname, String(part.value as string));
      else if (most === 0 || !part.filename) part.file.resume();
      else form.files.push(await storeConfidential(ctx, part));
    }
    return { ...form, values: filled(form.values) };
  } catch (error) {
    await discardFiles(ctx, form);
    if (!(error instanceof AppError)) throw error;
    return { values: filled(form.values), files: [], refused: error };
  }
}

export async function discardFiles(ctx: Ctx, { files }: SentForm): Promise<void> {
  for (const { content } of files) await discardContent(ctx, content.sha256);
}

const filled = (values: Map<string, string>): Map<string, string> =>
  new Map([...values].filter(([, value]) => value.trim() !== ''));
