import { type Ctx, inTx, type TxCtx } from '../../context.ts';
import { checkVersion } from '../../db/version.ts';
import { dayOf } from '../../shared/clock.ts';
import { conflict, unprocessable } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { audit } from '../audit/index.ts';
import { fillIn } from './by-hand.ts';
import { hashOf } from './canonical.ts';
import { fillingOf } from './draft-document.ts';
import { placesOf, type Role } from './hands.ts';
import { paperFor, type PaperBook } from './paper-book.ts';
import { unpackData } from './sealed-data.ts';
import { signaturesOf, signedContent, standing } from './signatures.ts';
import type { SignBody, SigningView } from './signature-schemas.ts';
import { signingAfter } from './signing-queries.ts';
import { DOCUMENT_FLOW } from './rules.ts';
import { type DocumentRow, lockDocument, updateDocument } from './store.ts';
import type { Template } from './template.ts';

/**
 * Somebody signs a draft on the glass: exactly what stands on it now. 409 `document.behind_record`,
 * `document.no_place`, `document.signed_already`; 422 `document.not_its_officer`, `document.blanks`; 412.
 */
export async function signDocument(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  body: SignBody,
): Promise<SigningView> {
  await inTx(ctx, async (tx) => {
    const paper = await paperToSign(tx, papers, { id, action: 'sign', role: body.role });
    const who = await signerOf(tx, papers, paper.row, body);
    const { data, keyId, alg } = tx.vault.seal(JSON.stringify(body.strokes));
    const inkSha256 = hashOf(body.strokes);
    const signature = { ink: data, inkKeyId: keyId, inkAlg: alg, inkSha256 };
    await keepSignature(tx, paper, { role: body.role, ...who, ...signature });
    return { id };
  });
  return signingAfter(ctx, papers, id);
}

type ToSign = { row: DocumentRow; content: string };

/** The draft somebody signs or would not sign, as its record stands now. */
export async function paperToSign(
  tx: TxCtx,
  papers: PaperBook,
  { id, action, role }: { id: string; action: 'sign' | 'record_refusal'; role: Role },
): Promise<ToSign> {
  const row = await lockDocument(tx, papers, id);
  checkVersion(tx, row);
  next(DOCUMENT_FLOW, row.state, action);
  const filling = await fillingOf(tx, papers, row, dayOf(tx.now));
  const shown = unpackData(tx.vault, row);
  const content = signedContent(filling.template, fillIn(filling, shown));
  requireShown(filling.template, row, { shown, content });
  const places = placesOf(filling.template, shown)[role];
  const taken = standing(await signaturesOf(tx.db, id)).filter((one) => one.role === role);
  if (taken.length >= places) throw conflict('document.no_place', { places });
  return { row, content };
}

type Shown = { shown: Record<string, unknown>; content: string };

/** 409 `document.behind_record`: what was read out and looked at is what the draft holds, not what its record became. */
function requireShown(template: Template, row: DocumentRow, { shown, content }: Shown): void {
  if (template.version === row.templateVersion && signedContent(template, shown) === content) return;
  throw conflict('document.behind_record');
}

type Who = { name: string; userId: string | null; capacity: string | null };

async function signerOf(tx: TxCtx, papers: PaperBook, row: DocumentRow, body: SignBody): Promise<Who> {
  if (body.role !== 'officer') return { name: body.name, userId: null, capacity: body.capacity ?? null };
  const signers = (await paperFor(papers, row.kind, row.subjectKind).signers?.(tx, row.subjectId)) ?? [];
  const officer = signers.find(({ role, userId }) => role === 'officer' && userId === body.userId);
  if (!officer)
    throw unprocessable('document.not_its_officer', {}, [
      { field: 'userId', code: 'document.not_its_officer' },
    ]);
  const signed = standing(await signaturesOf(tx.db, row.id));
  if (signed.some(({ userId }) => userId === body.userId))
    throw conflict('document.signed_already', { name: officer.name });
  return { name: officer.name, userId: officer.userId, capacity: null };
}

type Kept = Who & {
  role: Role;
  ink?: Buffer;
  inkKeyId?: string;
  inkAlg?: string;
  inkSha256?: string;
  refusalNote?: string;
};

/** Writes it down beside the paper, with its trace. Who it was stands with the paper, not in the trace. */
export async function keepSignature(tx: TxCtx, { row, content }: ToSign, kept: Kept): Promise<void> {
  const id = tx.newId();
  await tx.db
    .insertInto('documentSignatures')
    .values({
      id,
      bureauId: row.bureauId,
      documentId: row.id,
      ...kept,
      contentHash: content,
      signedAt: tx.now,
      createdBy: tx.actor.id,
    })
    .execute();
  await updateDocument(tx, row, {});
  const action = kept.refusalNote === undefined ? 'document.sign' : 'document.record_refusal';
  const detail = { signature: id, role: kept.role, content, ink: kept.inkSha256 ?? null };
  await audit(tx, { action, subject: { kind: 'document', id: row.id }, detail });
}
