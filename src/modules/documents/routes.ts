import { z } from 'zod';
import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { amendDraft, draftDocument } from './draft-document.ts';
import { issueDraft } from './issue-draft.ts';
import { listBlanks } from './list-blanks.ts';
import { listKinds } from './kinds.ts';
import type { PaperBook } from './paper-book.ts';
import { getDocument, listDocuments } from './queries.ts';
import { pdfHeaders, previewDocument, readContent } from './read-content.ts';
import * as s from './schemas.ts';
import { signingRoutes } from './signing-routes.ts';
import { verifyDocument } from './verify-document.ts';
import { replaceDocument, voidDocument } from './void-document.ts';

/** Papers; `papers` is the list above all modules that knows how each kind is filled. */
export const documentRoutes =
  (papers: PaperBook): Routes =>
  (app) => {
    verifyRoutes(app);
    readRoutes(papers)(app);
    draftRoutes(papers)(app);
    issuedRoutes(papers)(app);
    signingRoutes(papers)(app);
  };

const verifyRoutes: Routes = (app) => {
  app.get(
    '/api/documents/verify/:code',
    {
      config: { permission: 'public' },
      schema: { params: s.VerifyParams, response: { 200: s.Verification } },
    },
    (req) => verifyDocument(req.ctx, req.params.code),
  );
};

const readRoutes =
  (papers: PaperBook): Routes =>
  (app) => {
    const config = { permission: 'document.read' };
    app.get(
      '/api/documents',
      {
        config: { ...config, sheet: { kind: 'document', columns: s.DOCUMENT_COLUMNS } },
        schema: { querystring: s.DocumentFilter, response: { 200: pageOf(s.DocumentRow) } },
      },
      (req) => listDocuments(req.ctx, papers, req.query),
    );
    app.get(
      '/api/documents/kinds',
      {
        config,
        schema: { querystring: s.KindFilter, response: { 200: z.object({ items: z.array(s.KindView) }) } },
      },
      async (req) => listKinds(req.ctx, papers, req.query.subjectKind),
    );
    app.get(
      '/api/documents/:id',
      { config, schema: { params: IdParams, response: { 200: s.DocumentDetail } } },
      (req) => getDocument(req.ctx, papers, req.params.id),
    );
    app.get(
      '/api/documents/:id/blanks',
      { config, schema: { params: IdParams, response: { 200: z.object({ items: z.array(s.BlankView) }) } } },
      (req) => listBlanks(req.ctx, papers, req.params.id),
    );
    app.get('/api/documents/:id/content', { config, schema: { params: IdParams } }, async (req, reply) => {
      const pdf = await readContent(req.ctx, papers, req.params.id);
      return reply.headers(pdfHeaders(pdf)).send(pdf.content);
    });
    app.get('/api/documents/:id/preview', { config, schema: { params: IdParams } }, async (req, reply) => {
      const pdf = await previewDocument(req.ctx, papers, req.params.id);
      return reply.headers(pdfHeaders(pdf)).send(pdf.content);
    });
  };

const draftRoutes =
  (papers: PaperBook): Routes =>
  (app) => {
    app.post(
      '/api/documents',
      {
        config: { permission: 'document.draft' },
        schema: { body: s.DraftBody, response: { 201: s.DocumentDetail } },
      },
      async (req, reply) => reply.code(201).send(await draftDocument(req.ctx, papers, req.body)),
    );
    app.patch(
      '/api/documents/:id',
      {
        config: { permission: 'document.draft' },
        schema: { params: IdParams, body: s.AmendDraftBody, response: { 200: s.DocumentDetail } },
      },
      (req) => amendDraft(req.ctx, papers, req.params.id, req.body),
    );
    app.post(
      '/api/documents/:id/issue',
      {
        config: { permission: 'document.issue' },
        schema: { params: IdParams, body: s.IssueBody, response: { 200: s.DocumentDetail } },
      },
      (req) => issueDraft(req.ctx, papers, req.params.id, req.body),
    );
  };

const issuedRoutes =
  (papers: PaperBook): Routes =>
  (app) => {
    const config = { permission: 'document.void' };
    app.post(
      '/api/documents/:id/void',
      { config, schema: { params: IdParams, body: s.ReasonBody, response: { 200: s.DocumentDetail } } },
      (req) => voidDocument(req.ctx, papers, req.params.id, req.body),
    );
    app.post(
      '/api/documents/:id/replace',
      { config, schema: { params: IdParams, body: s.ReasonBody, response: { 201: s.DocumentDetail } } },
      async (req, reply) =>
        reply.code(201).send(await replaceDocument(req.ctx, papers, req.params.id, req.body)),
    );
  };
