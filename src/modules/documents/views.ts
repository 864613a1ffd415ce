import { formatInstantOrNull, formatInstant } from '../../shared/clock.ts';
import type { Ctx, TxCtx } from '../../context.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { text } from '../../i18n/index.ts';
import { type FieldError, unprocessable } from '../../shared/errors.ts';
import type { AllowedAction } from '../../shared/schemas.ts';
import { next } from '../../shared/workflow.ts';
import { blankProblems, glyphRefusal, missingGlyphs } from './check-blanks.ts';
import { DOCUMENT_FLOW, PERMISSIONS } from './rules.ts';
import type { DocumentDetail, DocumentView } from './schemas.ts';
import { unpackData } from './sealed-data.ts';
import type { DocumentRow, ListedRow } from './store.ts';
import { type Template, templateVersion } from './template.ts';

type Reader = Ctx | TxCtx;

/** A paper as it is listed. */
export function documentView({ papers }: Pick<Reader, 'papers'>, row: ListedRow): DocumentView {
  const template = templateVersion(papers.templates, row.kind, row.templateVersion);
  return {
    id: row.id,
    kind: row.kind,
    titleZh: template.titleZh,
    titleEn: template.titleEn,
    form: template.form,
    layoutVerified: template.layoutVerified,
    templateVersion: row.templateVersion,
    subject: { kind: row.subjectKind, id: row.subjectId },
    state: row.state,
    number: row.number,
    issuedOn: row.issuedOn,
    issuedAt: formatInstantOrNull(row.issuedAt),
    contentHash: row.contentHash,
    pdfSha256: row.pdfSha256,
    pages: row.pages,
    verifyUrl: row.verifyCode === null ? null : papers.verifyUrl(row.verifyCode),
    voidedAt: formatInstantOrNull(row.voidedAt),
    voidReason: row.voidReason,
    replacesId: row.replacesId,
    createdAt: formatInstant(row.createdAt),
    version: row.version,
  };
}

/** A paper with its blanks, what a draft still lacks, and what may be done to it. */
export function documentDetail(ctx: Reader, row: DocumentRow): DocumentDetail {
  const data = unpackData(ctx.vault, row);
  const template = templateVersion(ctx.papers.templates, row.kind, row.templateVersion);
  const problems = row.state === 'draft' ? draftProblems(ctx, template, data) : [];
  return {
    ...documentView(ctx, row),
    data,
    substitutions: row.substitutions as Record<string, string>,
    problems: problems.map(({ field, code, params }) => ({
      field,
      code,
      message: text(ctx.locale, code, params),
    })),
    allowedActions: actions(ctx, row, { title: template.titleZh, problems }),
  };
}

function draftProblems(ctx: Reader, template: Template, data: Record<string, unknown>): FieldError[] {
  const problems = blankProblems(template, data);
  if (problems.length > 0) return problems;
  const missing = missingGlyphs(ctx.papers.fonts, template, data, {});
  return missing.length > 0 ? (glyphRefusal(missing).errors ?? []) : [];
}

function actions(
  ctx: Reader,
  { state }: DocumentRow,
  { title, problems }: { title: string; problems: readonly FieldError[] },
): AllowedAction[] {
  // A missing glyph has a way on: a substitute the officer confirms with the issue.
  const lacking = problems.filter(({ code }) => code !== 'document.missing_glyph');
  const check = (action: keyof typeof PERMISSIONS) => (): void => {
    // Each state opens its own actions; `next` refuses those of the others.
    next(DOCUMENT_FLOW, state, action);
    if (action === 'issue' && lacking.length > 0) throw unprocessable('document.blanks', { title }, lacking);
  };
  const names = ['amend', 'issue', 'void', 'replace'] as const;
  return allowedActions(
    ctx,
    names.map((action) => ({ action, permission: PERMISSIONS[action], check: check(action) })),
  );
}
