/** Under which the browser keeps what was done with touches and has not reached the server. */
export const WAITING_KEPT_AS = "touchstone-waiting-changes";

const watchers = new Set<() => void>();
let isKnown = false;

/** Whether anything waits: what sends it is loaded only then. */
export function isSomethingWaiting(): boolean {
  const kept = localStorage.getItem(WAITING_KEPT_AS);
  return isKnown || (kept !== null && kept !== "[]");
}

/** Told by what sends it, also in a browser that keeps nothing. */
export function tellWaiting(isWaiting: boolean): void {
  isKnown = isWaiting;
  for (const watcher of watchers) watcher();
}

export function watchWaiting(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
