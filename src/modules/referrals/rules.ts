import { conflict, type FieldError, unprocessable } from '../../shared/errors.ts';
import type { Flow } from '../../shared/workflow.ts';
import type { LaboratoryReportNote } from '../sources/schemas.ts';
import type { ClueNoticeState, EncloseInput, TransferState } from './schemas.ts';

/** A clue notice is light: no five attachments, no clock of Order 310, and the bureau's own limits run on. */
export const CLUE_NOTICE_FLOW = {
  drafted: { submit: 'drafted', send: 'sent' },
  sent: { acknowledge: 'acknowledged' },
  acknowledged: { join: 'joined', not_take: 'not_taken' },
  joined: {},
  not_taken: {},
} as const satisfies Flow<ClueNoticeState>;

/** The transfer of a suspected crime (Order 310); an action without a use case is not offered yet. */
export const TRANSFER_FLOW = {
  proposed: { approve: 'approved', refuse: 'refused', withdraw: 'refused', enclose: 'proposed' },
  approved: { enclose: 'approved', deliver: 'delivered' },
  refused: {},
  delivered: {
    copy_to_procuratorate: 'delivered',
    acknowledge: 'acknowledged',
    reroute: 'delivered',
    ask_more: 'supplementing',
    not_police_matter: 'declined',
  },
  acknowledged: {
    copy_to_procuratorate: 'acknowledged',
    ask_more: 'supplementing',
    police_file: 'police_filed',
    police_decline: 'declined',
  },
  supplementing: { enclose: 'supplementing', deliver: 'delivered' },
  police_filed: {
    copy_to_procuratorate: 'police_filed',
    hand_over_goods: 'police_filed',
    give_back: 'returned',
  },
  declined: {},
  returned: {},
} as const satisfies Flow<TransferState>;

const ENCLOSURES = '《行政执法机关移送涉嫌犯罪案件的规定》第六条';
const REASONS = '《行政执法机关移送涉嫌犯罪案件的规定》第八条';

/** The attachments of Order 310 art. 6; the fifth may be a list that says there is nothing else. */
export const ITEMS = [1, 2, 3, 4, 5] as const;

/** One enclosure as the delivery needs it: what it is, whether its file can be frozen. */
export type Enclosed = {
  item: number;
  title: string;
  /** The kind of paper; null for an attached file. */
  documentKind: string | null;
  isVoid: boolean;
  /** Of the stored file; null while a paper is not drawn yet. */
  sha256: string | null;
  /** The laboratory report it is, where it is one. */
  report: ReportFacts | null;
};

/** What decides whether a laboratory report carries a referral. */
export type ReportFacts = {
  number: string;
  isSuperseded: boolean;
  shortcomings: readonly { code: string; article: string }[];
};

/**
 * All five must be there, valid, and drawn, before anything is handed to the police (Order 310 art. 6).
 * 422 `transfer.enclosures_missing`, and of item 4 as `requireFit`; 409 `transfer.enclosure_void`,
 * `transfer.enclosure_not_issued`.
 */
export function requireAllEnclosures(enclosed: readonly Enclosed[]): void {
  const missing = ITEMS.filter((item) => !enclosed.some((one) => one.item === item));
  if (missing.length > 0) {
    throw unprocessable('transfer.enclosures_missing', { items: missing, article: ENCLOSURES });
  }
  for (const { item, title, isVoid, sha256, report } of enclosed) {
    if (item === REPORTS) requireFit(report);
    if (isVoid) throw conflict('transfer.enclosure_void', { title, article: ENCLOSURES });
    if (sha256 === null) throw conflict('transfer.enclosure_not_issued', { title, article: ENCLOSURES });
  }
}

/** 有关检验报告或者鉴定意见 */
const REPORTS = 4;

/**
 * The laboratory report an enclosure is: the one named, or that of the sample it hangs on. Where laboratories reported
 * in the matter, an enclosure of item 4 says which of their reports it is, or that it is none of them (null). 422
 * `transfer.unknown_report`, `transfer.report_not_named`.
 */
export function reportEnclosed(
  reports: readonly LaboratoryReportNote[],
  { item, reportId }: Pick<EncloseInput, 'item' | 'reportId'>,
  sampleId: string | null,
): LaboratoryReportNote | null {
  if (reportId) {
    const named = reports.find(({ id }) => id === reportId);
    if (!named) throw unprocessable('transfer.unknown_report', {}, onReport('transfer.unknown_report'));
    return named;
  }
  if (item !== REPORTS) return null;
  const own = reports.find((report) => report.sampleId === sampleId);
  if (own) return own;
  if (reportId === null || reports.length === 0) return null;
  const params = { gate: 'K24', article: ENCLOSURES };
  throw unprocessable('transfer.report_not_named', params, onReport('transfer.report_not_named'));
}

const onReport = (code: string): FieldError[] => [{ field: 'reportId', code }];

/**
 * What falls short of K24 is a clue: it may go with the other material (item 5), but the referral does not rest on it.
 * 422 `transfer.report_clue_only`, `transfer.report_superseded`.
 */
export function requireFit(report: ReportFacts | null): void {
  if (report === null) return;
  const { number, isSuperseded, shortcomings } = report;
  if (isSuperseded) {
    const code = 'transfer.report_superseded';
    throw unprocessable(code, { number, gate: 'K24', article: ENCLOSURES }, onReport(code));
  }
  if (shortcomings.length === 0) return;
  const article = [...new Set(shortcomings.map((lacking) => lacking.article))].join('；');
  throw unprocessable(
    'transfer.report_clue_only',
    { number, gate: 'K24', article },
    shortcomings.map(({ code }) => ({ field: 'reportId', code })),
  );
}

/** `requireFit`, for an enclosure just being made. */
export function requireFitFor(item: number, report: LaboratoryReportNote | null): void {
  if (item === REPORTS && report) requireFit({ ...report, isSuperseded: false });
}

/** Item 1 is the letter of transfer itself (#5), issued for this very transfer. 422 `transfer.letter_expected`. */
export function requireLetter(
  item: number,
  paper: { kind: string; subjectId: string } | null,
  transferId: string,
): void {
  if (item !== 1) return;
  if (paper?.kind !== 'crime-transfer' || paper.subjectId !== transferId) {
    throw unprocessable('transfer.letter_expected', { article: ENCLOSURES }, [
      { field: 'documentId', code: 'transfer.letter_expected' },
    ]);
  }
}

/** The police give reasons where they do not file (Order 310 art. 8). 422 `transfer.reasons_missing`. */
export function requireReasons({
  decision,
  note,
}: {
  decision: 'filed' | 'declined';
  note?: string | undefined;
}): void {
  if (decision === 'declined' && !note) {
    throw unprocessable('transfer.reasons_missing', { article: REASONS }, [
      { field: 'note', code: 'field.required' },
    ]);
  }
}

/** A clue notice leaves the house only with the head's approval. 409 `clue_notice.not_approved`. */
export function requireApproved(approval: { state: string } | null): void {
  if (approval?.state !== 'approved')
    throw conflict('clue_notice.not_approved', { approval: approval?.state ?? '' });
}

/** It is submitted again only where nothing waits and nothing is approved. 409 `clue_notice.already_submitted`. */
export function requireNotSubmitted(approval: { state: string } | null): void {
  if (approval?.state === 'proposed' || approval?.state === 'approved') {
    throw conflict('clue_notice.already_submitted', { approval: approval.state });
  }
}

/** 409 `transfer.copied_already`: the copy to the procuratorate is recorded once. */
export function requireNotCopied({ procuratorateCopiedAt }: { procuratorateCopiedAt: Date | null }): void {
  if (procuratorateCopiedAt !== null) throw conflict('transfer.copied_already');
}

const OVER: readonly TransferState[] = ['refused', 'declined', 'returned'];

/** Whether the matter is with the police, or on its way to them: no penalty in its place (K10). */
export const isOpenTransfer = (state: TransferState): boolean => !OVER.includes(state);

/** A clue notice is struck out while it is a draft that nobody decides on. 409. */
export function requireClueNoticeVoidable({ state }: { state: ClueNoticeState }, isWaiting: boolean): void {
  if (state !== 'drafted') throw conflict('clue_notice.sent_already', { state });
  if (isWaiting) throw conflict('clue_notice.already_submitted', { approval: 'proposed' });
}

/** A transfer is struck out before its delivery, and not while the head has it before him. 409. */
export function requireTransferVoidable({ state }: { state: TransferState }, isWaiting: boolean): void {
  if (state !== 'proposed' && state !== 'approved' && state !== 'refused') {
    throw conflict('transfer.delivered_not_void', { state });
  }
  if (isWaiting) throw conflict('transfer.approval_waiting');
}
