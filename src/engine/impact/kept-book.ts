import type { Instant } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import type { BookPage, Store } from "../ports.ts";

/** The whole book as it was at one moment. */
export interface BookThen {
  readonly pages: readonly BookPage[];
  readonly asOf: Instant;
}

interface Kept extends BookThen {
  readonly version: number | null;
}

/** Younger than this it is taken as it is. */
const FRESH_MS = 20_000;
/** Older than this it is not shown any more, not even while it is being read anew. */
const STALE_MS = 300_000;
/** Nobody asked for so long: the memory is given back. */
const IDLE_MS = 600_000;

/**
 * The book in memory, for whoever tries one change after another: read once, and read anew behind
 * the scenes while somebody goes on asking. What is stored meanwhile shows after some seconds, so
 * every answer made of it says as of when it is.
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
    const version = await this.#store.models.liveVersion();
    const kept = this.#kept;
    const age = kept && kept.version === version ? this.#clock() - kept.asOf : Infinity;
    if (kept && age >= 0 && age < FRESH_MS) return kept;
    const reading = this.#readAnew(version);
    return kept && age >= 0 && age < STALE_MS ? kept : reading;
  }

  /** What was kept is of another time: the next to ask waits for it to be read. */
  forget(): void {
    this.#kept = null;
    this.#reading = null;
  }

  #readAnew(version: number | null): Promise<Kept> {
    const reading = (this.#reading ??= this.#readPages(version));
    const over = (): void => {
      if (this.#reading === reading) this.#reading = null;
    };
    reading.then((kept) => {
      if (this.#reading === reading) this.#kept = kept;
    }, over);
    reading.then(over, over);
    return reading;
  }

  async #readPages(version: number | null): Promise<Kept> {
    const asOf = this.#clock();
    const pages: BookPage[] = [];
    for await (const page of this.#store.reading.wholeBook()) pages.push(page);
    return { pages, asOf, version };
  }

  #stayAWhile(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.forget();
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
