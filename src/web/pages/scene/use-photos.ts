import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { upload } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';

/** A photograph on its way to the item it shows; `refused` where it will not go by itself. */
export type Photo = { id: string; itemId: string; file: File; refused?: string };

const send = ({ itemId, file }: Photo): Promise<unknown> => {
  const form = new FormData();
  form.append('file', file);
  return upload('/api/attachments', form, { query: { subjectKind: 'goods', subjectId: itemId } });
};

/** Photographs of items: each is sent once, one after the other, and those that did not go are kept to be sent again. */
export function usePhotos() {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<Photo[]>([]);
  const queue = useRef<Photo[]>([]);
  const busy = useRef(false);
  const set = (next: Photo[]): void => {
    queue.current = next;
    setWaiting(next);
  };
  const sendAll = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    const tried = new Set<string>();
    for (;;) {
      const photo = queue.current.find(({ id }) => !tried.has(id));
      if (!photo) break;
      tried.add(photo.id);
      try {
        await send(photo);
        set(queue.current.filter(({ id }) => id !== photo.id));
      } catch (error) {
        const refused = problemOf(error)?.detail ?? String(error);
        set(queue.current.map((one) => (one.id === photo.id ? { ...one, refused } : one)));
      }
    }
    busy.current = false;
    await client.invalidateQueries();
  };
  const again = useRef(sendAll);
  again.current = sendAll;
  useEffect(() => {
    const onLine = (): void => void again.current();
    addEventListener('online', onLine);
    return () => removeEventListener('online', onLine);
  }, []);
  const add = (itemId: string, files: readonly File[]): void => {
    if (files.length === 0) return;
    const fresh = files.map((file) => ({
      id: crypto.getRandomValues(new Uint32Array(2)).join('-'),
      itemId,
      file,
    }));
    set([...queue.current, ...fresh]);
    void sendAll();
  };
  return { waiting, add, retry: () => void sendAll() };
}
