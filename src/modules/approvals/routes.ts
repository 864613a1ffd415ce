import type { Routes } from '../../context.ts';
import { pageOf } from '../../db/page.ts';
import { IdParams } from '../../shared/schemas.ts';
import { decideApproval, opineApproval, withdrawApproval } from './decide-approval.ts';
import { getApproval, listApprovals } from './queries.ts';
import {
  APPROVAL_COLUMNS,
  ApprovalFilter,
  ApprovalRow,
  ApprovalView,
  DecideBody,
  OpineBody,
  WithdrawBody,
} from './schemas.ts';

/** The ledger of proposals, opinions and decisions; proposing is part of the act that needs it. */
export const approvalRoutes: Routes = (app) => {
  app.get(
    '/api/approvals',
    {
      config: { permission: 'approval.read', sheet: { kind: 'approval', columns: APPROVAL_COLUMNS } },
      schema: { querystring: ApprovalFilter, response: { 200: pageOf(ApprovalRow) } },
    },
    (req) => listApprovals(req.ctx, req.query),
  );
  app.get(
    '/api/approvals/:id',
    {
      config: { permission: 'approval.read' },
      schema: { params: IdParams, response: { 200: ApprovalView } },
    },
    (req) => getApproval(req.ctx, req.params.id),
  );
  app.post(
    '/api/approvals/:id/opine',
    {
      config: { permission: 'approval.opine' },
      schema: { params: IdParams, body: OpineBody, response: { 200: ApprovalView } },
    },
    (req) => opineApproval(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/approvals/:id/decide',
    {
      config: { permission: 'approval.decide' },
      schema: { params: IdParams, body: DecideBody, response: { 200: ApprovalView } },
    },
    (req) => decideApproval(req.ctx, req.params.id, req.body),
  );
  app.post(
    '/api/approvals/:id/withdraw',
    {
      config: { permission: 'approval.withdraw' },
      schema: { params: IdParams, body: WithdrawBody, response: { 200: ApprovalView } },
    },
    (req) => withdrawApproval(req.ctx, req.params.id, req.body),
  );
};
