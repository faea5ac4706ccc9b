import {
  QueryCache,
  QueryClient,
  type QueryExecuteOptions,
  type QueryKey,
} from "@tanstack/react-query";
import { meQuery } from "./me.ts";
import { Problem } from "./problem.ts";

const MOST_TRIES = 3;

/** What was asked of the server is kept here; what has changed is asked again (lib/live.ts). */
export const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // signed out elsewhere, or the session is over: ask who we are, and the sign-in page shows
      const isMe = query.queryKey[0] === meQuery.queryKey[0];
      if (error instanceof Problem && error.status === 401 && !isMe)
        void queries.resetQueries(meQuery);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal stays one; a server that is away may come back
      retry: (count, error) =>
        !(error instanceof Problem && error.status < 500) && count < MOST_TRIES,
      retryDelay: (tries) => Math.min(1000 * 2 ** tries, 8000),
    },
  },
});

/** Asks for what a screen will want, before it stands; the screen itself tells what went wrong. */
export function askAhead<Data, Key extends QueryKey>(
  options: QueryExecuteOptions<Data, Error, Data, Data, Key>,
): void {
  queries.query(options).catch(() => undefined);
}
