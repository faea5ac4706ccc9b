import type { Instant } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { type BookMarks, marksByBucket, movedBuckets } from "../moved-buckets.ts";
import type { BookMark, BookPage, Store } from "../ports.ts";

/** The whole book as it was at one moment. */
export interface BookThen {
  readonly pages: readonly BookPage[];
  readonly asOf: Instant;
  /** Something has changed since, and it is being read anew. */
  readonly isBehind: boolean;
}

interface Kept {
  readonly pages: readonly BookPage[];
  readonly asOf: Instant;
  readonly version: number | null;
  /** How far each bucket had come before the first page was read. */
  readonly marks: BookMarks;
  readonly tookMs: number;
}

/** What is read in so short a time is waited for. */
const QUICK_MS = 250;
/** Older than this it is not shown any more, not even while it is being read anew. */
const STALE_MS = 60_000;
/** Nobody asked for so long: the memory is given back. */
const IDLE_MS = 600_000;

/**
 * The book in memory, for whoever tries one change after another. Each time it is asked whether
 * anything has changed, which costs next to nothing. A small book is read anew then; of a large one
 * the one that is kept is answered once more, which says so, and read anew meanwhile.
 */
export class KeptBook {
  readonly #store: Store;
  readonly #clock: () => Instant;
  #kept: Kept | null = null;
  #reading: Promise<Kept> | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, clock: () => Instant) {
    this.#store = store;
    this.#clock = clock;
  }

  async read(): Promise<BookThen> {
    this.#stayAWhile();
    const asOf = this.#clock();
    const version = await this.#store.models.liveVersion();
    const marks = await this.#store.reading.bookMarks();
    const kept = this.#kept;
    if (kept?.version === version && movedBuckets(kept.marks, marks).length === 0)
      return { pages: kept.pages, asOf, isBehind: false };
    const mayShow = kept?.version === version && asOf - kept.asOf < STALE_MS;
    if (kept && mayShow && kept.tookMs > QUICK_MS) {
      // whoever asks next hears of what went wrong
      this.#readAnew(version, marks).catch(() => undefined);
      return { pages: kept.pages, asOf: kept.asOf, isBehind: true };
    }
    // one that is under way may have begun before what has changed
    await this.#reading?.catch(() => undefined);
    const fresh = await this.#readAnew(version, marks);
    return { pages: fresh.pages, asOf: fresh.asOf, isBehind: false };
  }

  #readAnew(version: number | null, marks: readonly BookMark[]): Promise<Kept> {
    this.#reading ??= this.#readPages(version, marks).finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readPages(version: number | null, marks: readonly BookMark[]): Promise<Kept> {
    const asOf = this.#clock();
    const pages: BookPage[] = [];
    for await (const page of this.#store.reading.wholeBook()) pages.push(page);
    this.#kept = {
      pages,
      asOf,
      version,
      marks: marksByBucket(marks),
      tookMs: this.#clock() - asOf,
    };
    return this.#kept;
  }

  #stayAWhile(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#kept = null;
    }, IDLE_MS);
    this.#idle.unref();
  }
}

const BOOKS = new WeakMap<Store, KeptBook>();

/** The one of this process. */
export function keptBook({ store, clock }: Pick<EngineContext, "store" | "clock">): KeptBook {
  let book = BOOKS.get(store);
  if (!book) BOOKS.set(store, (book = new KeptBook(store, clock)));
  return book;
}
