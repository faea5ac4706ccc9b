import type { Store } from "../ports.ts";

interface Kept<T> {
  readonly change: number;
  readonly value: Promise<T>;
}

/** Answers of one kind that are kept. */
const KEPT = 24;

/** Counts over a whole book are worked out once for each state that it is in, however many ask. */
export class Known<T> {
  readonly #kept = new WeakMap<Store, Map<string, Kept<T>>>();

  /** @param change goes up whenever the book becomes another */
  get(store: Store, key: string, change: number, ask: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(store) ?? new Map<string, Kept<T>>();
    this.#kept.set(store, kept);
    const present = kept.get(key);
    if (present?.change === change) return present.value;
    const value = ask();
    kept.delete(key);
    kept.set(key, { change, value });
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    // a failure is nobody's answer but that of who asked
    value.catch(() => kept.delete(key));
    return value;
  }
}
