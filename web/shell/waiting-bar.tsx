import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { isSomethingWaiting } from "../lib/waiting.ts";

const WaitingElsewhere = lazy(async () => ({
  default: (await import("../screens/today/waiting-elsewhere.tsx")).WaitingElsewhere,
}));

/** What was done on Today is sent wherever one has gone since; Today itself has its own bar. */
export function WaitingBar() {
  const screen = useRouterState({ select: ({ location }) => location.pathname });
  return screen === "/today" ? null : <OnScreen key={screen} />;
}

function OnScreen() {
  const [isWanted] = useState(isSomethingWaiting);
  return isWanted ? (
    <Suspense>
      <WaitingElsewhere />
    </Suspense>
  ) : null;
}
