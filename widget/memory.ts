import type { InAppReport } from "../src/core/in-app/types.ts";

/**
 * What outlives a page: nothing, unless the user has consented to it. Then what could not be
 * told to the server (offline) is told from the next page.
 */
export class Memory {
  #isAllowed: boolean;

  constructor(isAllowed: boolean) {
    this.#isAllowed = isAllowed;
  }

  /** Consent can be given and taken back; with it goes what was kept. */
  allow(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    if (isAllowed) return;
    try {
      for (const key of Object.keys(localStorage))
        if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    } catch {
      // the browser keeps nothing for this page
    }
  }

  read(key: string): readonly InAppReport[] {
    if (!this.#isAllowed) return [];
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key) ?? "[]") as readonly InAppReport[];
    } catch {
      return [];
    }
  }

  write(key: string, values: readonly InAppReport[]): void {
    if (!this.#isAllowed) return;
    try {
      if (values.length === 0) localStorage.removeItem(PREFIX + key);
      else localStorage.setItem(PREFIX + key, JSON.stringify(values));
    } catch {
      // full, or forbidden: it lives as long as the page
    }
  }
}

const PREFIX = "touchstone:";
