import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api/client.ts';
import { useWrite } from '../../api/hooks.ts';
import { isAway, problemOf } from '../../api/problem.ts';
import type { Problem } from '../../api/types.ts';
import { dropDraft, keepDraft, readDraft } from '../../components/draft.ts';
import { keyOf, newNonce, useLeaveGuard } from '../../components/use-form.ts';
import { useMe } from '../../session.tsx';
import { hasOddPrice, isBlank, lineOf, type Row, withErrors } from './rows.ts';
import { usePhotos } from './use-photos.ts';

/** At most so many lines go in one request. */
const BATCH = 500;

/** `unanswered`: lines that were sent and may have arrived; they go again just as they were, under the same key. */
type Draft = { rows: Row[]; nonce: string; unanswered: string[] };

/** Lines that are not saved yet, kept over a reload. */
function useRows(inspectionId: string) {
  const name = `${useMe().id}.goods.record.${inspectionId}`;
  const [draft, show] = useState(
    () => readDraft<Draft>(name) ?? { rows: [], nonce: newNonce(), unanswered: [] },
  );
  const latest = useRef(draft);
  const set = useCallback(
    (values: Partial<Draft>): void => {
      latest.current = { ...latest.current, ...values };
      show(latest.current);
      if (latest.current.rows.some((row) => !isBlank(row))) keepDraft(name, latest.current);
      else dropDraft(name);
    },
    [name],
  );
  const setRows = useCallback(
    (make: (old: Row[]) => Row[]): void => set({ rows: make(latest.current.rows) }),
    [set],
  );
  /** Changes fields of a line; what was refused of them is not said any more. */
  const change = useCallback(
    (key: string, values: Partial<Row>): void =>
      setRows((old) =>
        old.map((row) => {
          if (row.key !== key) return row;
          const errors = Object.entries(row.errors ?? {}).filter(([field]) => !(field in values));
          return { ...row, errors: Object.fromEntries(errors), ...values };
        }),
      ),
    [setRows],
  );
  const remove = useCallback(
    (key: string) => setRows((old) => old.filter((row) => row.key !== key)),
    [setRows],
  );
  return { ...draft, latest, set, setRows, change, remove };
}

/** What goes next: what was not answered first, and alone. */
function nextBatch({ rows, unanswered }: Draft): Row[] {
  const filled = rows.filter((row) => !isBlank(row));
  const again = filled.filter(({ key }) => unanswered.includes(key));
  return again.length > 0 ? again : filled.slice(0, BATCH);
}

/** Photographs of lines that are not saved yet: they go once those are. */
function useTaken() {
  const [taken, setTaken] = useState<Record<string, File[]>>({});
  const latest = useRef(taken);
  latest.current = taken;
  return {
    of: (key: string): File[] => latest.current[key] ?? [],
    keep: (key: string, files: File[]): void => setTaken((old) => ({ ...old, [key]: files })),
  };
}

/** The list of what an inspection found as it is entered: sent in order, each line once, refusals beside their fields. */
export function useEntry(inspectionId: string) {
  const { t } = useTranslation();
  const { rows, unanswered, latest, set, setRows, change, remove } = useRows(inspectionId);
  const [problem, setProblem] = useState<Problem>();
  const [last, setLast] = useState<Row>();
  const taken = useTaken();
  const photos = usePhotos();
  const busy = useRef(false);
  const dirty = useRef(false);
  dirty.current = rows.some((row) => !isBlank(row)) || photos.waiting.length > 0;
  const blocker = useLeaveGuard(dirty);
  const write = useWrite(async (sent: readonly Row[]) => {
    const items = sent.map(lineOf);
    const key = await keyOf(latest.current.nonce, items);
    return post('/api/inspections/{id}/items', { items }, { path: { id: inspectionId }, key });
  });
  const sendBatch = async (sent: readonly Row[]): Promise<void> => {
    const { items } = await write.mutateAsync(sent);
    for (const [at, { key }] of sent.entries()) photos.add(items[at]!.id, taken.of(key));
    const keys = new Set(sent.map(({ key }) => key));
    setLast(sent.at(-1));
    const left = latest.current.rows.filter((row) => !keys.has(row.key));
    set({ rows: left, nonce: newNonce(), unanswered: [] });
  };
  const refuse = (sent: readonly Row[], error: unknown): void => {
    const refusal = problemOf(error);
    if (!refusal) throw error;
    const placed = withErrors(sent, refusal);
    set({ unanswered: isAway(error) ? sent.map(({ key }) => key) : [] });
    setRows((old) => old.map((row) => placed.rows.find(({ key }) => key === row.key) ?? row));
    setProblem(placed.problem);
  };
  /** Sends everything that is not blank; true once it is all saved. */
  const save = async (): Promise<boolean> => {
    if (busy.current) return false;
    const odd = latest.current.rows.filter((row) => hasOddPrice(row));
    for (const { key } of odd) change(key, { errors: { price: t('scene.oddPrice') } });
    if (odd.length > 0) return false;
    busy.current = true;
    setProblem(undefined);
    let sent: Row[] = [];
    try {
      for (;;) {
        sent = nextBatch(latest.current);
        if (sent.length === 0) return true;
        await sendBatch(sent);
      }
    } catch (error) {
      refuse(sent, error);
      return false;
    } finally {
      busy.current = false;
    }
  };
  const again = useRef(save);
  again.current = save;
  // What could not be sent goes out by itself once the line is back.
  useEffect(() => {
    const onLine = (): void => void again.current();
    addEventListener('online', onLine);
    return () => removeEventListener('online', onLine);
  }, []);
  return {
    rows,
    setRows,
    change,
    remove,
    save,
    saving: write.isPending,
    problem,
    /** Lines that were sent and not answered: not to be changed until they are. */
    unanswered,
    /** The line saved last. */
    last,
    taken,
    photos,
    blocker,
  };
}

export type Entry = ReturnType<typeof useEntry>;
