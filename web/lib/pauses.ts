import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./api.ts";

/** What is held: asked for by the banner on every screen, and by the outbox. */
export const pausesQuery = queryOptions({
  queryKey: ["pauses"],
  queryFn: () => ask(api.GET("/api/pauses")),
  staleTime: 60_000,
});
