import { useSyncExternalStore } from "react";

let isNew = false;
const watchers = new Set<() => void>();

/**
 * A part of the app could not be loaded: either the server is away, or it has been replaced by
 * another version, whose parts have other names. The page's own address says which.
 */
export function watchForNewVersion(): void {
  window.addEventListener("vite:preloadError", () => void look());
}

async function look(): Promise<void> {
  try {
    const answer = await fetch("/", { cache: "no-store", headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    const served = mainScript(there);
    if (served === null || served === mainScript(document)) return;
    isNew = true;
    for (const watcher of watchers) watcher();
  } catch {
    // away: what could not be loaded says so itself
  }
}

function mainScript(page: Document): string | null {
  return page.querySelector('script[type="module"][src]')?.getAttribute("src") ?? null;
}

/** Whether the server has another version than the one that is open. */
export function useNewVersion(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => isNew,
  );
}
