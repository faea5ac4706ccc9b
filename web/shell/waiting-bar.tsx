import { useRouterState } from "@tanstack/react-router";
import { useEffect, useSyncExternalStore } from "react";
import { isSomethingWaiting, watchWaiting } from "../lib/waiting.ts";
import { later } from "../ui/later.tsx";

const WaitingElsewhere = later(
  async () => (await import("../screens/today/waiting-elsewhere.tsx")).WaitingElsewhere,
);

const QUIET_MS = 2_000;

/** What was done with touches is sent wherever one has gone since; Today itself has its own bar. */
export function WaitingBar() {
  const screen = useRouterState({ select: ({ location }) => location.pathname });
  const isWaiting = useSyncExternalStore(watchWaiting, isSomethingWaiting);
  const isToday = screen === "/today";
  const hasTouches = isToday || screen.startsWith("/accounts/");
  useEffect(() => {
    if (!hasTouches) return undefined;
    // whoever does something without a connection has it all the same
    const timer = setTimeout(() => void WaitingElsewhere.preload(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [hasTouches]);
  return isToday || !isWaiting ? null : <WaitingElsewhere />;
}
