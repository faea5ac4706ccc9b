import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** A list of the API that goes on where the page before ended. */
export function usePages<Item, P extends Page<Item>>(
  queryKey: QueryKey,
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<P & Page<Item>>,
  isAsked = true,
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: isAsked,
    placeholderData: (before) => before,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    first: query.data?.pages[0],
    error: query.error,
    retry: () => void query.refetch(),
    isLoading: query.isPending,
    hasMore: query.hasNextPage,
    isMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
  };
}
