import { isLiveAway } from "./live.ts";

/** Whether the server can be reached: it is asked only where there is doubt. */
export async function isReachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  return !isLiveAway() || doesAnswer();
}

/** Asks the server, whatever it says. */
export async function doesAnswer(): Promise<boolean> {
  try {
    await fetch("/healthz", { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}
