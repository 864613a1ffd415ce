import { z } from 'zod';
import type { App } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams, Reason } from '../../shared/schemas.ts';
import { amendRecord } from './amend-record.ts';
import { assignRecord } from './assign-record.ts';
import { listHistory } from './queries.ts';
import { AssignBody, HistoryQuery, HistoryView, RecordView, VoidBody } from './schemas.ts';
import type { RecordSpec } from './spec.ts';
import { voidRecord } from './void-record.ts';

/** Amend, void, assign and history of one kind of record, under its own path and permissions. */
export function recordRoutes(app: App, spec: RecordSpec): void {
  const { path, kind, changes, isAssignable = true } = spec;
  app.post(
    `${path}/:id/amend`,
    {
      config: { permission: `${kind}.amend` },
      schema: {
        params: IdParams,
        body: z.strictObject({ changes, reason: Reason }),
        response: { 200: RecordView },
      },
    },
    (req) => amendRecord(req.ctx, spec, req.params.id, req.body),
  );
  app.post(
    `${path}/:id/void`,
    {
      config: { permission: `${kind}.void` },
      schema: { params: IdParams, body: VoidBody, response: { 200: RecordView } },
    },
    (req) => voidRecord(req.ctx, spec, req.params.id, req.body),
  );
  app.get(
    `${path}/:id/history`,
    {
      config: { permission: `${kind}.read` },
      schema: { params: IdParams, querystring: HistoryQuery, response: { 200: pageOf(HistoryView) } },
    },
    (req) => listHistory(req.ctx, spec, req.params.id, req.query),
  );
  if (!isAssignable) return;
  app.post(
    `${path}/:id/assign`,
    {
      config: { permission: `${kind}.assign` },
      schema: { params: IdParams, body: AssignBody, response: { 200: RecordView } },
    },
    (req) => assignRecord(req.ctx, spec, req.params.id, req.body),
  );
}
