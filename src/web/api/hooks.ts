import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get } from './client.ts';
import { isAway, problemOf } from './problem.ts';
import type { AnswerOf, GetPath, QueryOf } from './types.ts';

/** Asks again only where the line was away: a refusal stays one. */
const retry = (count: number, error: unknown): boolean => isAway(error) && count < 3;

/** What has been read lies here; a write makes all of it be read again. */
export const queries = new QueryClient({
  defaultOptions: {
    // What cannot be sent is said at once: nothing waits unseen for the line to come back.
    mutations: { networkMode: 'always' },
    queries: { networkMode: 'always', retry, staleTime: 5_000, refetchOnWindowFocus: true },
  },
});

type Options<P extends GetPath> = {
  path?: Record<string, string>;
  query?: QueryOf<P> | undefined;
  enabled?: boolean;
  staleTime?: number;
  refetchInterval?: number;
  /** Keeps what is shown while the next page is under way. */
  keep?: boolean;
};

/** Reads a path of the API and keeps it; `error` is an ApiProblem. */
export function useApi<P extends GetPath>(
  path: P,
  { path: parts, query, keep, ...options }: Options<P> = {},
) {
  return useQuery({
    queryKey: [path, parts ?? null, query ?? null],
    queryFn: ({ signal }) =>
      get(path, { ...(parts ? { path: parts } : {}), query }, signal) as Promise<AnswerOf<P>>,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...options,
  });
}

type LinesPath = '/api/measures/{id}/items' | '/api/inspections/{id}/items';

type LinesPage = AnswerOf<LinesPath>;

const LINES = { limit: 500, pages: 20 };

async function allLines(path: LinesPath, id: string, signal: AbortSignal): Promise<LinesPage['items']> {
  const read = (after: number): Promise<LinesPage> =>
    get(path, { path: { id }, query: { after, limit: LINES.limit } }, signal);
  let { items, next } = await read(0);
  for (let page = 1; next !== null && page < LINES.pages; page += 1) {
    const more = await read(next);
    items = [...items, ...more.items];
    next = more.next;
  }
  return items;
}

/** All lines of a list of goods, at most 10,000: a choice among them needs every one. */
export const useLines = (path: LinesPath, id: string | null | undefined) =>
  useQuery({
    queryKey: [path, id, 'all'],
    queryFn: ({ signal }) => allLines(path, id!, signal),
    enabled: Boolean(id),
  });

/** Writes, and has everything that is shown read again; a stale version (412) too, for then it has changed. */
export function useWrite<V, R>(write: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    // Without a line a write fails at once, and says so: it does not lie in wait.
    networkMode: 'always',
    onSuccess: () => client.invalidateQueries(),
    onError: (error) => {
      if (problemOf(error)?.status === 412) void client.invalidateQueries();
    },
  });
}
