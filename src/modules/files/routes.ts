import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import type { AttachmentAccess } from './access.ts';
import { contentHeaders, downloadAttachment } from './download-attachment.ts';
import { listAttachments } from './queries.ts';
import { AttachmentQuery, AttachmentView, UploadQuery, VoidAttachmentBody } from './schemas.ts';
import { uploadAttachment } from './upload-attachment.ts';
import { voidAttachment } from './void-attachment.ts';

/** Attachments; `access` asks whoever owns what they hang on, so any session may call. */
export const fileRoutes =
  (access: AttachmentAccess): Routes =>
  (app) => {
    app.get(
      '/api/attachments',
      {
        config: { permission: 'session' },
        schema: { querystring: AttachmentQuery, response: { 200: pageOf(AttachmentView) } },
      },
      (req) => listAttachments(req.ctx, access, req.query),
    );
    app.post(
      '/api/attachments',
      {
        config: { permission: 'session' },
        schema: {
          consumes: ['multipart/form-data'],
          querystring: UploadQuery,
          response: { 201: AttachmentView },
        },
      },
      async (req, reply) => {
        const { subjectKind: kind, subjectId, confidential } = req.query;
        const subject = { kind, id: subjectId, confidential };
        return reply.code(201).send(await uploadAttachment(req.ctx, access, subject, req.parts()));
      },
    );
    app.get(
      '/api/attachments/:id/content',
      { config: { permission: 'session' }, schema: { params: IdParams } },
      async (req, reply) => {
        const { view, content } = await downloadAttachment(req.ctx, access, req.params.id);
        return reply.headers(contentHeaders(view)).send(content);
      },
    );
    app.post(
      '/api/attachments/:id/void',
      {
        config: { permission: 'attachment.void' },
        schema: { params: IdParams, body: VoidAttachmentBody, response: { 200: AttachmentView } },
      },
      (req) => voidAttachment(req.ctx, access, req.params.id, req.body),
    );
  };
