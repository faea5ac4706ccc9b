import { readStoredModel } from "../read-stored.ts";
import { AppError } from "../app-error.ts";
import { movedBuckets } from "../moved-buckets.ts";
import type { BookMark, BookRev, BookRow, Store } from "../ports.ts";
import { BookNow } from "./book-now.ts";

/** Accounts read at once, and the readings under way: the database works on while rows are put away. */
const AT_ONCE = 500;
const UNDER_WAY = 3;
/** Buckets whose revisions are read at once. */
const BUCKETS_AT_ONCE = 16;
/** Of a bucket in which no less has moved, all is read: that is along its keys. */
const MOST = 0.5;
/** In books up to this size it is looked for changes at each question: that costs next to nothing. */
const SMALL = 5_000;
/** In others a look holds for so long, or for so many times what it took. */
const HOLDS_MS = 300;
const HOLDS_TIMES = 5;
/** Unused for so long, it is let go. */
const UNUSED_MS = 15 * 60_000;

export interface Loading {
  readonly loaded: number;
  /** How many there are; 0: not known yet. */
  readonly of: number;
}

/**
 * Keeps the book in this process's memory: loaded when first asked for, brought up to date by
 * what changed since, let go when nobody asks any more. Several processes may write the same
 * database, so each look asks it which buckets have moved.
 */
export class BookView {
  readonly #store: Store;
  readonly #ticks: () => number;
  #held: BookNow | undefined;
  #looking: Promise<BookNow> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #holds = 0;
  /** Goes up when this process has written: a look from before that is worth nothing. */
  #writes = 0;
  #seenWrites = -1;
  #loading: Loading = { loaded: 0, of: 0 };
  #unused: NodeJS.Timeout | undefined;

  readonly #small: number;

  constructor(store: Store, ticks: () => number = () => performance.now(), small = SMALL) {
    this.#store = store;
    this.#ticks = ticks;
    this.#small = small;
  }

  /** How far loading is; null: the book is there. */
  get loading(): Loading | null {
    return this.#held ? null : this.#loading;
  }

  /** Something was written by this process: the next answer knows of it. */
  wrote(): void {
    this.#writes += 1;
  }

  /** The book as it stands; AppError `no-model` where none is live. */
  async now(): Promise<BookNow> {
    this.#stayAwhile();
    const isFresh =
      this.#seenWrites === this.#writes && this.#ticks() - this.#lookedAt < this.#holds;
    if (this.#held && isFresh) return this.#held;
    // a look under way may have begun before a write that is to be seen
    const wanted = this.#writes;
    while (this.#looking) {
      const book = await this.#looking;
      if (this.#seenWrites >= wanted) return book;
    }
    this.#looking = this.#look();
    try {
      return await this.#looking;
    } finally {
      this.#looking = undefined;
    }
  }

  /** The book, or null where that takes longer; it goes on loading. */
  async nowWithin(ms: number): Promise<BookNow | null> {
    const book = this.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), ms);
    });
    try {
      return await Promise.race([book, late]);
    } finally {
      clearTimeout(timer);
      // whoever asks next hears of it
      book.catch(() => undefined);
    }
  }

  /** A book of a few accounts alone, by the model in force. */
  async bookOf(accounts: readonly BookRow[]): Promise<BookNow> {
    const version = await this.#store.models.liveVersion();
    if (version === null) throw noModel();
    const book = await this.#emptyBook(version);
    book.put(accounts, []);
    return book;
  }

  /** Gives the memory back. */
  release(): void {
    this.#held = undefined;
    this.#loading = { loaded: 0, of: 0 };
    clearTimeout(this.#unused);
  }

  #stayAwhile(): void {
    clearTimeout(this.#unused);
    this.#unused = setTimeout(() => this.release(), UNUSED_MS);
    this.#unused.unref();
  }

  async #look(): Promise<BookNow> {
    const began = this.#ticks();
    const writes = this.#writes;
    const version = await this.#store.models.liveVersion();
    if (version === null) throw noModel();
    const marks = await this.#store.reading.bookMarks();
    const took = this.#ticks() - began;
    let book = this.#held;
    if (book?.modelVersion !== version) {
      this.#held = undefined;
      book = await this.#emptyBook(version);
    }
    await this.#bring(book, marks);
    this.#held = book;
    this.#seenWrites = writes;
    this.#lookedAt = began;
    this.#holds = book.accounts <= this.#small ? 0 : Math.max(HOLDS_MS, took * HOLDS_TIMES);
    return book;
  }

  async #emptyBook(version: number): Promise<BookNow> {
    const stored = await this.#store.models.version(version);
    const { model } = readStoredModel(stored?.source ?? "", `version ${version}`);
    if (!model)
      throw new AppError(
        "invalid-model",
        `Version ${version} of the live model cannot be read by this version of Touchstone.`,
        "Apply a model that `touchstone validate` accepts.",
      );
    return new BookNow(model, version);
  }

  /** Reads what moved. A row that moves meanwhile is seen by the next look. */
  async #bring(book: BookNow, marks: readonly BookMark[]): Promise<void> {
    const moved = movedBuckets(book.marks(), marks);
    if (moved.length === 0) return;
    const of = marks.reduce((sum, { accounts }) => sum + accounts, 0);
    const sizes = new Map(marks.map(({ bucket, accounts }) => [bucket, accounts]));
    const held = book.marks();
    const whole = moved.filter((bucket) => !held.has(bucket));
    for (const buckets of inSteps(
      moved.filter((bucket) => held.has(bucket)),
      BUCKETS_AT_ONCE,
    )) {
      const revs = await this.#store.reading.bookRevs(buckets);
      book.put([], goneOf(book, new Set(buckets), new Set(revs.map(({ id }) => id))));
      const changed = revs.filter(({ id, rev }) => book.revOf(id) !== rev);
      const most = mostlyChanged(changed, sizes);
      whole.push(...most);
      const ids = changed.filter(({ bucket }) => !most.has(bucket)).map(({ id }) => id);
      for (const part of inSteps(ids, AT_ONCE))
        book.put(await this.#store.reading.bookRows(part), []);
    }
    const parts = inParts(whole, sizes);
    const read = (part: readonly number[]) => this.#store.reading.bookOf(part);
    for await (const rows of readAhead(parts, read)) {
      book.put(rows, []);
      this.#loading = { loaded: book.accounts, of };
    }
  }
}

/** Reads parts in their order, the next ones while the one before is put away. */
async function* readAhead<P, R>(
  parts: readonly P[],
  read: (part: P) => Promise<R>,
): AsyncGenerator<R> {
  const reading: Promise<R>[] = [];
  const left = parts.values();
  const readOn = (): void => {
    for (let part = left.next(); !part.done; part = left.next()) {
      const rows = read(part.value);
      // one that fails does so when its turn comes
      rows.catch(() => undefined);
      if (reading.push(rows) >= UNDER_WAY) return;
    }
  };
  try {
    for (readOn(); reading.length > 0;) {
      const rows = await (reading.shift() as Promise<R>);
      readOn();
      yield rows;
    }
  } finally {
    await Promise.allSettled(reading);
  }
}

function* inSteps<T>(all: readonly T[], step: number): Generator<T[]> {
  for (let start = 0; start < all.length; start += step) yield all.slice(start, start + step);
}

/** Buckets put together until they hold enough accounts to be read at once. */
function inParts(buckets: readonly number[], sizes: ReadonlyMap<number, number>): number[][] {
  const parts: number[][] = [];
  let room = 0;
  for (const bucket of buckets) {
    const size = sizes.get(bucket) ?? 0;
    if (size > room || parts.length === 0) {
      parts.push([]);
      room = AT_ONCE;
    }
    parts.at(-1)?.push(bucket);
    room -= size;
  }
  return parts;
}

function mostlyChanged(
  changed: readonly BookRev[],
  sizes: ReadonlyMap<number, number>,
): Set<number> {
  const counts = new Map<number, number>();
  for (const { bucket } of changed) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  return new Set(
    [...counts.keys()].filter(
      (bucket) => (counts.get(bucket) ?? 0) > (sizes.get(bucket) ?? 0) * MOST,
    ),
  );
}

function noModel(): AppError {
  return new AppError(
    "no-model",
    "No touch model is live, so there is nothing to decide by.",
    "Write one with `touchstone init --template NAME`, then make it live with `touchstone apply MODEL`.",
  );
}

function goneOf(
  book: BookNow,
  buckets: ReadonlySet<number>,
  present: ReadonlySet<string>,
): string[] {
  return book.rowsIn(buckets).flatMap((row) => {
    const id = book.idOf(row);
    return present.has(id) ? [] : [id];
  });
}
