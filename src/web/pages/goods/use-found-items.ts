import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../api/client.ts';
import type { RowOf } from '../../api/types.ts';

export type Found = RowOf<'/api/inspections/{id}/items'>;

const PATH = '/api/inspections/{id}/items';
const PAGE = 200;

/** What an inspection found, in the order it was found, page by page. */
export function useFoundItems(id: string) {
  const { data, hasNextPage, fetchNextPage, isLoading } = useInfiniteQuery({
    queryKey: [PATH, id],
    queryFn: ({ pageParam, signal }) =>
      get(PATH, { path: { id }, query: { after: pageParam, limit: PAGE } }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return {
    items: data?.pages.flatMap((page) => page.items) ?? [],
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
    isLoading,
  };
}
