import { useApi } from '../api/hooks.ts';
import { useSession } from '../session.tsx';
import { ActDrawer } from './act-drawer.tsx';
import { type ClockDetail, clockActs } from './clock-acts.ts';
import type { Choice } from './fields.ts';
import { usePaperTitle } from './papers.tsx';

/** The issued papers of the file a clock runs on; undefined until they are read. */
function usePapers(clock: ClockDetail | undefined): readonly Choice[] | undefined {
  const { may } = useSession();
  const titleOf = usePaperTitle();
  const canRead = may('document.read');
  const { data } = useApi('/api/documents', {
    query: { subjectKind: clock?.subject.kind, subjectId: clock?.subject.id, state: 'issued', limit: 100 },
    enabled: canRead && clock !== undefined,
  });
  if (!canRead) return [];
  return data?.items.map((paper) => ({
    value: paper.id,
    label: `${titleOf(paper)} ${paper.number ?? paper.form}`,
  }));
}

/** The form of an act done to a clock. */
export function ClockAct({ id, action, onClose }: { id: string; action: string; onClose: () => void }) {
  const { data: clock } = useApi('/api/clocks/{id}', { path: { id } });
  const papers = usePapers(clock);
  const act = clock && papers && clockActs(clock, papers)[action];
  if (!act) return null;
  return <ActDrawer name={`clock.${action}`} act={act} subject={clock} onClose={onClose} />;
}
