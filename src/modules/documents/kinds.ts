import type { Ctx } from '../../context.ts';
import { hiddenKinds, type PaperBook } from './paper-book.ts';
import type { KindView } from './schemas.ts';

/** The kinds of paper the product fills from a kind of thing, of those the actor may see, in the forms' order. */
export function listKinds(ctx: Ctx, papers: PaperBook, subjectKind?: string): { items: KindView[] } {
  const hidden = hiddenKinds(papers, ctx.actor);
  const items = Object.entries(papers)
    .filter(([kind, paper]) => !hidden.includes(kind) && (!subjectKind || paper.subjectKind === subjectKind))
    .flatMap(([kind, { subjectKind: about }]) => {
      const template = ctx.papers.templates.get(kind)?.at(-1);
      if (!template) return [];
      const { titleZh, titleEn, form } = template;
      return [{ kind, subjectKind: about, titleZh, titleEn, form }];
    });
  return { items: items.toSorted((a, b) => a.form.localeCompare(b.form, 'en', { numeric: true })) };
}
