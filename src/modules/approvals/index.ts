export {
  type ApprovalDecided,
  type ApprovalWithdrawn,
  proposeApproval,
  type Proposal,
} from './propose-approval.ts';
export { waitsFor } from './queries.ts';
