import { type Ctx, inTx } from '../../context.ts';
import { unprocessable } from '../../shared/errors.ts';
import { glyphRefusal, missingGlyphs } from './check-blanks.ts';
import type { PaperBook } from './paper-book.ts';
import { keepSignature, paperToSign } from './sign-document.ts';
import type { RefusalBody, SigningView } from './signature-schemas.ts';
import { signingAfter } from './signing-queries.ts';
import { templateVersion } from './template.ts';

/**
 * Writes down that the party would not sign, or could not, and why: it is printed where the form keeps a place for it
 * (CXGD 43; ACL 18(8)). 409 as `signDocument`; 422 `document.missing_glyph`.
 */
export async function recordRefusal(
  ctx: Ctx,
  papers: PaperBook,
  id: string,
  { name, capacity, note }: RefusalBody,
): Promise<SigningView> {
  await inTx(ctx, async (tx) => {
    const paper = await paperToSign(tx, papers, { id, action: 'record_refusal', role: 'party' });
    const template = templateVersion(tx.papers.templates, paper.row.kind, paper.row.templateVersion);
    const { refusalBlank } = template;
    if (refusalBlank === undefined) throw unprocessable('document.no_refusal_blank');
    const missing = missingGlyphs(tx.papers.fonts, template, { [refusalBlank]: note }, {});
    if (missing.length > 0) throw glyphRefusal(missing.map((glyph) => ({ ...glyph, field: 'note' })));
    const who = { name, userId: null, capacity: capacity ?? null };
    await keepSignature(tx, paper, { role: 'party', ...who, refusalNote: note });
    return { id };
  });
  return signingAfter(ctx, papers, id);
}
