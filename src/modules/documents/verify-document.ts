import type { Ctx } from '../../context.ts';
import type { Verification } from './schemas.ts';
import { templateVersion } from './template.ts';

const UNKNOWN: Verification = { status: 'unknown', paper: null };

/** A code as it is looked for, however it was typed or read out. */
const codeOf = (typed: string): string => typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');

/** Whether a paper with this code is genuine, void, replaced by another, or unknown, and what stands in its head. */
export async function verifyDocument(ctx: Ctx, code: string): Promise<Verification> {
  const row = await ctx.db
    .selectFrom('documents')
    .select(['kind', 'templateVersion', 'state', 'number', 'bureauName', 'issuedOn'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('documents as later')
            .select('later.id')
            .whereRef('later.replacesId', '=', 'documents.id')
            .where('later.state', '=', 'issued'),
        )
        .as('isReplaced'),
    )
    .where('verifyCode', '=', codeOf(code))
    .where('state', 'in', ['issued', 'voided'])
    .executeTakeFirst();
  if (!row) return UNKNOWN;
  const template = templateVersion(ctx.papers.templates, row.kind, row.templateVersion);
  return {
    status: row.state === 'issued' ? 'genuine' : row.isReplaced ? 'replaced' : 'void',
    paper: {
      kind: row.kind,
      title: ctx.locale === 'zh' ? template.titleZh : template.titleEn,
      number: row.number,
      bureau: row.bureauName ?? '',
      issuedOn: row.issuedOn,
    },
  };
}
