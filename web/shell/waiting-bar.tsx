import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { isSomethingWaiting, watchWaiting } from "../lib/waiting.ts";

const WaitingElsewhere = lazy(async () => ({
  default: (await import("../screens/today/waiting-elsewhere.tsx")).WaitingElsewhere,
}));

/** What was done with touches is sent wherever one has gone since; Today itself has its own bar. */
export function WaitingBar() {
  const screen = useRouterState({ select: ({ location }) => location.pathname });
  const isWaiting = useSyncExternalStore(watchWaiting, isSomethingWaiting);
  return screen === "/today" || !isWaiting ? null : (
    <Suspense>
      <WaitingElsewhere />
    </Suspense>
  );
}
