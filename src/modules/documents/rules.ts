import type { Flow } from '../../shared/workflow.ts';
import type { DocumentView } from './schemas.ts';

type State = DocumentView['state'];

/** A paper's life: it is numbered and frozen when issued, and only drawn after that. */
export const DOCUMENT_FLOW = {
  draft: {
    amend: 'draft',
    sign: 'draft',
    record_refusal: 'draft',
    withdraw_signatures: 'draft',
    issue: 'issuing',
  },
  issuing: { render: 'issued' },
  issued: { void: 'voided', replace: 'issued' },
  voided: {},
} as const satisfies Flow<State>;

/** What a person may do, and the permission it takes. */
export const PERMISSIONS = {
  amend: 'document.draft',
  issue: 'document.issue',
  sign: 'document.sign',
  record_refusal: 'document.record_refusal',
  withdraw_signatures: 'document.withdraw_signatures',
  void: 'document.void',
  replace: 'document.void',
} as const;
