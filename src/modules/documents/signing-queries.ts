import type { Ctx } from '../../context.ts';
import { allowedActions } from '../../i18n/allowed-actions.ts';
import { formatInstant, formatInstantOrNull } from '../../shared/clock.ts';
import { conflict } from '../../shared/errors.ts';
import { next } from '../../shared/workflow.ts';
import { type Places, placesOf } from './hands.ts';
import { type PaperBook, paperFor } from './paper-book.ts';
import { DOCUMENT_FLOW, PERMISSIONS } from './rules.ts';
import { unpackData } from './sealed-data.ts';
import { type SignatureRow, signaturesOf, standing } from './signatures.ts';
import type { SignatureView, SigningView } from './signature-schemas.ts';
import { type DocumentRow, getDocumentRow } from './store.ts';
import { templateVersion } from './template.ts';

/** Who signed a paper, and who may still. */
export async function getSigning(ctx: Ctx, papers: PaperBook, id: string): Promise<SigningView> {
  const row = await getDocumentRow(ctx.db, { actor: ctx.actor, papers }, id);
  const template = templateVersion(ctx.papers.templates, row.kind, row.templateVersion);
  const { signers } = paperFor(papers, row.kind, row.subjectKind);
  const places = signers ? placesOf(template, unpackData(ctx.vault, row)) : NO_PLACES;
  const rows = await signaturesOf(ctx.db, id);
  return {
    documentId: id,
    version: row.version,
    places,
    signers: signers && row.state === 'draft' ? await signers(ctx, row.subjectId) : [],
    items: rows.map(signatureView),
    allowedActions: actions(ctx, row, {
      places,
      rows: standing(rows),
      mayRefuse: template.refusalBlank !== undefined,
    }),
  };
}

const NO_PLACES: Places = { party: 0, witness: 0, officer: 0 };

const signatureView = (row: SignatureRow): SignatureView => ({
  id: row.id,
  role: row.role,
  name: row.name,
  capacity: row.capacity,
  userId: row.userId,
  refusalNote: row.refusalNote,
  signedAt: formatInstant(row.signedAt),
  withdrawnAt: formatInstantOrNull(row.withdrawnAt),
  withdrawReason: row.withdrawReason,
});

type Standing = { places: Places; rows: readonly SignatureRow[]; mayRefuse: boolean };

function actions(ctx: Ctx, { state }: DocumentRow, { places, rows, mayRefuse }: Standing) {
  const taken = (role: string): number => rows.filter((row) => row.role === role).length;
  const isFull = Object.entries(places).every(([role, count]) => taken(role) >= count);
  const all = places.party + places.witness + places.officer;
  const checks = {
    sign: () => {
      if (isFull) throw conflict('document.no_place', { places: all });
    },
    record_refusal: () => {
      if (!mayRefuse || taken('party') >= places.party)
        throw conflict('document.no_place', { places: places.party });
    },
    withdraw_signatures: () => {
      if (rows.length === 0) throw conflict('document.not_signed');
    },
  };
  const names = ['sign', 'record_refusal', 'withdraw_signatures'] as const;
  return allowedActions(
    ctx,
    names.map((action) => ({
      action,
      permission: PERMISSIONS[action],
      check: () => {
        next(DOCUMENT_FLOW, state, action);
        checks[action]();
      },
    })),
  );
}

/** The signing as a write left it: the answer that is kept beside an Idempotency-Key holds no name. */
export const signingAfter = (ctx: Ctx, papers: PaperBook, id: string): Promise<SigningView> =>
  getSigning(ctx, papers, id);
