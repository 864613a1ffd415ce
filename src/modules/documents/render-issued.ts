import { Readable } from 'node:stream';
import { type Ctx, inTx } from '../../context.ts';
import { audit } from '../audit/index.ts';
import { discardContent, keepContent } from '../files/index.ts';
import { handsOn } from './signatures.ts';
import { isSealed, packPdf, unpackData } from './sealed-data.ts';
import { type DocumentRow, updateDocument } from './store.ts';
import { templateVersion } from './template.ts';
import { createHash } from 'node:crypto';

/** Papers this process is drawing: the job need not draw them a second time. */
const underWay = new Map<string, Promise<boolean>>();

/**
 * Draws an issued paper outside any lock, keeps the PDF, and only then calls it issued. Answers whether it is;
 * false where there was nothing to draw. The same paper drawn twice gives the same bytes, so a repeat is harmless.
 */
export function renderIssued(ctx: Ctx, id: string): Promise<boolean> {
  const known = underWay.get(id);
  if (known) return known;
  const work = draw(ctx, id).finally(() => underWay.delete(id));
  underWay.set(id, work);
  return work;
}

async function draw(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('documents')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'issuing')
    .executeTakeFirst();
  if (!row) return false;
  const pdf = await drawn(ctx, row);
  return keep(ctx, row, pdf);
}

async function drawn(ctx: Ctx, row: DocumentRow): Promise<Buffer> {
  const template = templateVersion(ctx.papers.templates, row.kind, row.templateVersion);
  // What was frozen is the template as it was: with another text in it the hash in the foot would be a lie.
  if (template.digest !== row.templateDigest) {
    throw new Error(
      `template ${row.kind}.v${row.templateVersion} was changed after ${row.id} was issued with it`,
    );
  }
  return ctx.papers.render({
    kind: row.kind,
    version: row.templateVersion,
    data: unpackData(ctx.vault, row),
    number: row.number,
    issuedAt: row.issuedAt,
    contentHash: row.contentHash,
    verifyUrl: row.verifyCode === null ? null : ctx.papers.verifyUrl(row.verifyCode),
    draft: false,
    bureauName: row.bureauName ?? '',
    substitutions: row.substitutions as Record<string, string>,
    hands: await handsOn(ctx, row.id),
  });
}

async function keep(ctx: Ctx, row: DocumentRow, pdf: Buffer): Promise<boolean> {
  const sealed = isSealed(row) ? packPdf(ctx.vault, pdf) : null;
  const bytes = sealed?.bytes ?? pdf;
  const { sha256, size } = await ctx.files.put(Readable.from([bytes]), bytes.length);
  const kept = await inTx(ctx, async (tx) => {
    const locked = await tx.db
      .selectFrom('documents')
      .selectAll()
      .where('id', '=', row.id)
      .forUpdate()
      .executeTakeFirst();
    if (locked?.state !== 'issuing') return false;
    await keepContent(tx, { sha256, size });
    const pdfSha256 = createHash('sha256').update(pdf).digest('hex');
    await updateDocument(tx, locked, {
      state: 'issued',
      sha256,
      fileKeyId: sealed?.keyId ?? null,
      fileAlg: sealed?.alg ?? null,
      pdfSha256,
      size: pdf.length,
      pages: pageCount(pdf),
    });
    const subject = { kind: 'document', id: row.id };
    await audit(tx, { action: 'document.render', subject, detail: { pdfSha256 }, bureauId: row.bureauId });
    return true;
  });
  if (!kept) await discardContent(ctx, sha256);
  return kept;
}

/** Pages of a PDF by its page tree; the renderer writes one tree. */
function pageCount(pdf: Buffer): number {
  const counts = [...pdf.toString('latin1').matchAll(/\/Type \/Pages\s[^>]*?\/Count (\d+)|\/Count (\d+)/g)];
  return Math.max(0, ...counts.map(([, first, second]) => Number(first ?? second)));
}
