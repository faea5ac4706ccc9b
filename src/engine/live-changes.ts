import { type BookMarks, marksByBucket, movedBuckets } from "./moved-buckets.ts";
import type { Store } from "./ports.ts";
import { realTimers, type Timers } from "./worker-timers.ts";

/** What kinds of things changed; of accounts which, where they are few. */
export interface LiveChange {
  readonly kinds: readonly string[];
  readonly accounts: readonly string[];
}

type Listener = (change: LiveChange) => void;

/** How often to look for what other processes changed, in ms, while somebody listens. */
const LOOK_EVERY_MS = 1_000;
/** Looking takes at most this part of the time, however large the book is. */
const LOOKING_SHARE = 0.05;
/** More accounts than these are told as "many": whoever shows them asks again. */
const NAMED_ACCOUNTS = 50;

/**
 * Tells open screens that something is new. What is done through this process is told at once;
 * what workers and other processes do is seen by the accounts' revisions.
 */
export class LiveChanges {
  readonly #store: Store;
  readonly #timers: Timers;
  readonly #listeners = new Set<Listener>();
  /** As they were at the last look; null: there was none yet. */
  #marks: BookMarks | null = null;
  #accountRevs = new Map<number, ReadonlyMap<string, number>>();
  #looking: AbortController | null = null;

  constructor(store: Store, timers: Timers = realTimers) {
    this.#store = store;
    this.#timers = timers;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Until the answered function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#looking === null) {
      this.#looking = new AbortController();
      void this.#look(this.#looking.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#looking?.abort();
      this.#looking = null;
    };
  }

  tell(change: LiveChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  async #look(signal: AbortSignal): Promise<void> {
    this.#marks = null;
    this.#accountRevs = new Map();
    while (!signal.aborted) {
      const began = performance.now();
      try {
        await this.#findMoved();
      } catch {
        // the database is away: requests say so themselves, and the next look may find it back
        this.#marks = null;
      }
      const took = performance.now() - began;
      await this.#timers.sleep(Math.max(LOOK_EVERY_MS, took / LOOKING_SHARE), signal);
    }
  }

  async #findMoved(): Promise<void> {
    const marks = await this.#store.reading.bookMarks();
    const before = this.#marks;
    this.#marks = marksByBucket(marks);
    if (before === null) return;
    const moved = movedBuckets(before, marks);
    if (moved.length === 0) return;
    this.tell({ kinds: ["accounts", "touches"], accounts: await this.#accountsOf(moved) });
  }

  /** Which accounts of the buckets moved since they were last seen; none where that is not known. */
  async #accountsOf(buckets: readonly number[]): Promise<string[]> {
    if (buckets.length > NAMED_ACCOUNTS) {
      this.#accountRevs.clear();
      return [];
    }
    const now = new Map<number, Map<string, number>>(buckets.map((bucket) => [bucket, new Map()]));
    for (const { bucket, id, rev } of await this.#store.reading.bookRevs(buckets))
      now.get(bucket)?.set(id, rev);
    const isKnown = buckets.every((bucket) => this.#accountRevs.has(bucket));
    const ids = [...now].flatMap(([bucket, revs]) =>
      [...revs].flatMap(([id, rev]) =>
        this.#accountRevs.get(bucket)?.get(id) === rev ? [] : [id],
      ),
    );
    for (const [bucket, revs] of now) this.#accountRevs.set(bucket, revs);
    return isKnown && ids.length <= NAMED_ACCOUNTS ? ids : [];
  }
}
