import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { listAudit } from './queries.ts';
import { AUDIT_COLUMNS, AuditQuery, AuditView, VerificationView, VerifyQuery } from './schemas.ts';
import { verifyAudit } from './verify-audit.ts';

/** The trail and its verification. */
export const auditRoutes: Routes = (app) => {
  app.get(
    '/api/audit',
    {
      config: { permission: 'audit.read', sheet: { kind: 'audit_entry', columns: AUDIT_COLUMNS } },
      schema: { querystring: AuditQuery, response: { 200: pageOf(AuditView) } },
    },
    (req) => listAudit(req.ctx, req.query),
  );
  app.get(
    '/api/audit/verify',
    {
      config: { permission: 'audit.verify' },
      schema: { querystring: VerifyQuery, response: { 200: VerificationView } },
    },
    (req) => verifyAudit(req.ctx, req.query),
  );
};
