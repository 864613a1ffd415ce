export {
  type ApprovalDecided,
  type ApprovalProposed,
  type ApprovalWithdrawn,
  proposeApproval,
  type Proposal,
} from './propose-approval.ts';
export { waitsFor } from './queries.ts';
export { whoMayAct } from './who-may-act.ts';
