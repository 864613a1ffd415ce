import { post } from '../../api/client.ts';
import { useApi, useWrite } from '../../api/hooks.ts';
import type { AnswerOf, RowOf } from '../../api/types.ts';

type Measure = AnswerOf<'/api/measures/{id}'>;
export type Document = RowOf<'/api/documents'>;

/** A paper that is wanted: its form, what it is about, and the newest of its kind. */
export type Wanted = {
  form: string;
  kind: string;
  subject: { kind: string; id: string } | null;
  paper: Document | undefined;
  article: string;
};

/** How often is looked whether an issued paper has been drawn. */
const DRAWING_MS = 700;

function usePapersAbout(kind: string, id: string | null) {
  const query = { subjectKind: kind, subjectId: id ?? '', limit: 50 };
  const { data } = useApi('/api/documents', { query, enabled: id !== null });
  const isDrawing = data?.items.some(({ state }) => state === 'issuing') ?? false;
  useApi('/api/documents', { query, enabled: isDrawing, refetchInterval: DRAWING_MS });
  return data?.items ?? [];
}

const SUBJECTS: Record<string, 'approval' | 'inspection' | 'measure'> = {
  'matter-approval': 'approval',
  'onsite-record': 'inspection',
};

/** The four papers a measure stands on, each with the newest there is. */
export function usePapers(measure: Measure | undefined): Wanted[] {
  const id = measure?.id ?? null;
  const ids = {
    measure: id,
    inspection: measure?.inspectionId ?? null,
    approval: measure?.approvalId ?? null,
  };
  const papers = {
    measure: usePapersAbout('measure', ids.measure),
    inspection: usePapersAbout('inspection', ids.inspection),
    approval: usePapersAbout('approval', ids.approval),
  };
  return (measure?.papers ?? []).map(({ form, kind, article }) => {
    const about = SUBJECTS[kind] ?? 'measure';
    const subject = ids[about] === null ? null : { kind: about, id: ids[about] };
    const paper = papers[about].find((one) => one.kind === kind && one.state !== 'voided');
    return { form, kind, subject, paper, article };
  });
}

/** Draws up what is wanted and not there yet, one after the other. */
export const useDrawUp = () =>
  useWrite(async (wanted: readonly Wanted[]) => {
    for (const { kind, subject, paper } of wanted) {
      if (subject === null || paper) continue;
      await post('/api/documents', { kind, subjectKind: subject.kind, subjectId: subject.id });
    }
  });

/** Issues drafts, one after the other: the list takes the number of the decision. */
export const useIssue = () =>
  useWrite(async (papers: readonly Document[]) => {
    for (const { id, version } of papers)
      await post('/api/documents/{id}/issue', {}, { path: { id }, version });
  });
