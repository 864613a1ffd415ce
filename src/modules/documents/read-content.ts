import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { Ctx } from '../../context.ts';
import { conflict } from '../../shared/errors.ts';
import { checkBlanks } from './check-blanks.ts';
import type { PaperBook } from './paper-book.ts';
import { traceLook } from './queries.ts';
import { isSealed, unpackData, unpackPdf } from './sealed-data.ts';
import { handsOn } from './signatures.ts';
import { type DocumentRow, getDocumentRow } from './store.ts';
import { templateVersion } from './template.ts';

/** A PDF on its way out. */
export type PdfContent = { name: string; size: number; content: Readable | Buffer; hash: string | null };

/** The stored PDF of an issued or void paper: every print is the same bytes. 409 `document.not_drawn` before that. */
export async function readContent(ctx: Ctx, papers: PaperBook, id: string): Promise<PdfContent> {
  const row = await getDocumentRow(ctx.db, { actor: ctx.actor, papers }, id);
  if (row.sha256 === null || row.size === null) throw conflict('document.not_drawn');
  await traceLook(ctx, row);
  return {
    name: nameOf(ctx, row),
    size: row.size,
    content: await stored(ctx, row, row.sha256),
    hash: row.pdfSha256,
  };
}

async function stored(ctx: Ctx, row: DocumentRow, sha256: string): Promise<Readable | Buffer> {
  const stream = await ctx.files.get(sha256);
  if (!isSealed(row) || row.fileKeyId === null || row.fileAlg === null) return stream;
  return unpackPdf(ctx.vault, await buffer(stream), { keyId: row.fileKeyId, alg: row.fileAlg });
}

/**
 * A draft as it would be printed, marked 草稿, without number and proof. 409 `document.not_draft`;
 * 422 `document.blanks`, `document.missing_glyph`.
 */
export async function previewDocument(ctx: Ctx, papers: PaperBook, id: string): Promise<PdfContent> {
  const row = await getDocumentRow(ctx.db, { actor: ctx.actor, papers }, id);
  if (row.state !== 'draft') throw conflict('document.not_draft');
  const template = templateVersion(ctx.papers.templates, row.kind, row.templateVersion);
  const data = checkBlanks(template, unpackData(ctx.vault, row));
  await traceLook(ctx, row);
  const { name: bureauName } = await ctx.db
    .selectFrom('bureaus')
    .select('name')
    .where('id', '=', row.bureauId)
    .executeTakeFirstOrThrow();
  const pdf = await ctx.papers.render({
    kind: row.kind,
    version: row.templateVersion,
    data,
    number: null,
    issuedAt: null,
    contentHash: null,
    verifyUrl: null,
    draft: true,
    bureauName,
    hands: await handsOn(ctx, id),
  });
  return { name: nameOf(ctx, row), size: pdf.length, content: pdf, hash: null };
}

const nameOf = (ctx: Ctx, { kind, templateVersion: version, number }: DocumentRow): string => {
  const { titleZh } = templateVersion(ctx.papers.templates, kind, version);
  return `${titleZh.replaceAll('/', '、')}${number === null ? '' : ` ${number}`}.pdf`;
};

/** Headers under which a browser shows a PDF and runs nothing of it. */
export function pdfHeaders({ name, size, hash }: PdfContent): Record<string, string> {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return {
    'content-type': 'application/pdf',
    'content-length': String(size),
    'content-disposition': `inline; filename="document.pdf"; filename*=UTF-8''${encoded}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    ...(hash === null ? {} : { etag: `"${hash}"` }),
  };
}
