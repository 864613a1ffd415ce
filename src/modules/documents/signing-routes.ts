import type { Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import type { PaperBook } from './paper-book.ts';
import { recordRefusal } from './record-refusal.ts';
import { signDocument } from './sign-document.ts';
import * as s from './signature-schemas.ts';
import { getSigning } from './signing-queries.ts';
import { withdrawSignatures } from './withdraw-signatures.ts';

const response = { 200: s.SigningView };

/** Signatures on the glass. */
export const signingRoutes =
  (papers: PaperBook): Routes =>
  (app) => {
    app.get(
      '/api/documents/:id/signatures',
      { config: { permission: 'document.read' }, schema: { params: IdParams, response } },
      (req) => getSigning(req.ctx, papers, req.params.id),
    );
    app.post(
      '/api/documents/:id/signatures',
      {
        config: { permission: 'document.sign' },
        schema: { params: IdParams, body: s.SignBody, response: { 201: s.SigningView } },
      },
      async (req, reply) =>
        reply.code(201).send(await signDocument(req.ctx, papers, req.params.id, req.body)),
    );
    app.post(
      '/api/documents/:id/refusals',
      {
        config: { permission: 'document.record_refusal' },
        schema: { params: IdParams, body: s.RefusalBody, response: { 201: s.SigningView } },
      },
      async (req, reply) =>
        reply.code(201).send(await recordRefusal(req.ctx, papers, req.params.id, req.body)),
    );
    app.post(
      '/api/documents/:id/withdraw-signatures',
      {
        config: { permission: 'document.withdraw_signatures' },
        schema: { params: IdParams, body: s.WithdrawBody, response },
      },
      (req) => withdrawSignatures(req.ctx, papers, req.params.id, req.body),
    );
  };
