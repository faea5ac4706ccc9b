import { useQueryClient } from "@tanstack/react-query";
import { useAct } from "../lib/act.ts";
import { api, ask } from "../lib/api.ts";
import { meQuery } from "../lib/me.ts";

/** Ends the session, and forgets what was shown in it. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const end = useAct({
    run: () => ask(api.DELETE("/api/session")),
    onDone: () => {
      queries.clear();
      void queries.resetQueries(meQuery);
      window.location.assign("/");
    },
  });
  return () => end.act();
}
