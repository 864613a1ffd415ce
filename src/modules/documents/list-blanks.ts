import type { Ctx } from '../../context.ts';
import { dayOf } from '../../shared/clock.ts';
import { ownBureau } from '../../db/scope.ts';
import type { BlankSpec } from './blanks.ts';
import { isOpen } from './by-hand.ts';
import { type PaperBook, paperFor } from './paper-book.ts';
import type { BlankView } from './schemas.ts';
import { getDocumentRow } from './store.ts';
import { templateVersion } from './template.ts';

const viewOf = (name: string, spec: BlankSpec): BlankView[] => {
  // Lists and groups are the record's own.
  if (spec.type === 'group' || spec.type === 'list') return [];
  const options = 'options' in spec ? Object.entries(spec.options) : [];
  return [
    {
      name,
      label: spec.label,
      type: spec.type,
      isRequired: !spec.optional,
      options: options.map(([key, text]) => ({ key, name: text })),
    },
  ];
};

/** The blanks of a draft that are filled by hand because its record is silent, in the form's order. 404 otherwise. */
export async function listBlanks(ctx: Ctx, papers: PaperBook, id: string): Promise<{ items: BlankView[] }> {
  const row = await getDocumentRow(ctx.db, { actor: ctx.actor, papers }, id);
  if (row.state !== 'draft') return { items: [] };
  const template = templateVersion(ctx.papers.templates, row.kind, row.templateVersion);
  const paper = paperFor(papers, row.kind, row.subjectKind);
  const record = await paper.build(ctx, ownBureau(ctx.actor), row.subjectId, dayOf(ctx.now));
  const open = Object.entries(template.blankSpecs).filter(([name]) =>
    isOpen({ template, paper, record }, name),
  );
  return { items: open.flatMap(([name, spec]) => viewOf(name, spec)) };
}
