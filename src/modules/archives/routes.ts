import type { Routes } from '../../context.ts';
import { IdParams } from '../../shared/schemas.ts';
import { archiveCase } from './archive-case.ts';
import { fileOf } from './queries.ts';
import { ArchiveBody, FileView } from './schemas.ts';

const response = { 200: FileView };
const params = IdParams;

/** The bound file of a case. */
export const archiveRoutes: Routes = (app) => {
  app.get(
    '/api/cases/:id/file',
    { config: { permission: 'case.read' }, schema: { params, response } },
    (req) => fileOf(req.ctx, req.params.id),
  );
  app.post(
    '/api/cases/:id/archive',
    { config: { permission: 'case.archive' }, schema: { params, body: ArchiveBody, response } },
    (req) => archiveCase(req.ctx, req.params.id, req.body),
  );
};
