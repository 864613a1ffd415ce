import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '../../api/client.ts';
import type { RowOf } from '../../api/types.ts';

type Path = '/api/inspections/{id}/items' | '/api/measures/{id}/items';

/** An item of a list. */
export type Found = RowOf<'/api/inspections/{id}/items'>;

const PAGE = 500;

/** The items of an inspection or of a measure in the order of their list, page by page. */
function useItems(path: Path, id: string) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isLoading } = useInfiniteQuery({
    queryKey: [path, id],
    queryFn: ({ pageParam, signal }) =>
      get(path, { path: { id }, query: { after: pageParam, limit: PAGE } }, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return {
    items: data?.pages.flatMap((page) => page.items) ?? [],
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
    isLoading,
    isLoadingMore: isFetchingNextPage,
  };
}

/** What an inspection found. */
export const useFoundItems = (id: string) => useItems('/api/inspections/{id}/items', id);

/** All that an inspection found; nothing until every page of it is here. */
export function useAllFound(id: string): readonly Found[] | undefined {
  const { items, hasMore, more, isLoading, isLoadingMore } = useFoundItems(id);
  const isShort = hasMore && !isLoadingMore;
  const count = items.length;
  useEffect(() => {
    if (isShort) more();
    // Each page that has come asks for the one after it.
  }, [isShort, count]);
  return isLoading || hasMore ? undefined : items;
}

/** What a measure lists. */
export const useMeasureItems = (id: string) => useItems('/api/measures/{id}/items', id);
