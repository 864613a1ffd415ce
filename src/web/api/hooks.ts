import { keepPreviousData, QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get } from './client.ts';
import { isAway, problemOf } from './problem.ts';
import type { AnswerOf, GetPath, QueryOf } from './types.ts';

/** Asks again only where the line was away: a refusal stays one. */
const retry = (count: number, error: unknown): boolean => isAway(error) && count < 3;

/** What has been read lies here; a write makes all of it be read again. */
export const queries = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 5_000, refetchOnWindowFocus: true } },
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

/** Writes, and has everything that is shown read again; a stale version (412) too, for then it has changed. */
export function useWrite<V, R>(write: (values: V) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: () => client.invalidateQueries(),
    onError: (error) => {
      if (problemOf(error)?.status === 412) void client.invalidateQueries();
    },
  });
}
