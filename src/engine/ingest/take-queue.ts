import type { IngestMessage, IngestStore, Taken, TakenBatch } from "../ports/ingest.ts";
import type { Moment } from "../ports.ts";

/** Messages written in one transaction, at most (one request may hold as many alone). */
const TOGETHER = 2_500;
/** What a statement and a commit cost is shared by what goes together: how long a request waits for company. */
const PATIENCE_MS = 100;

interface Waiting {
  readonly messages: readonly IngestMessage[];
  readonly isOnlyEvents: boolean;
  readonly resolve: (results: readonly Taken[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What comes in while a transaction runs is taken together by the next one, and each request is
 * answered once its own messages are durable. The busier, the larger the transactions and the less
 * each message costs. Events depend on nothing that other events bring: up to `atOnce` transactions
 * of nothing else run side by side, so that the server works on one while the next is put together;
 * one begins beside another once it is about as large, else those that have just been answered would
 * come again one by one, each in a transaction of its own. Whatever links or names somebody waits for
 * those before it, and has those after it wait.
 */
export class TakeQueue {
  readonly #store: IngestStore;
  readonly #moment: () => Promise<Moment>;
  readonly #onTaken: (batch: TakenBatch) => void;
  readonly #atOnce: number;
  readonly #waiting: Waiting[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #patienceMs: number;
  /** What runs is events alone. */
  #onlyEvents = true;
  #isStarting = false;
  #runningMessages = 0;
  /** Set while a request waits for company. */
  #patience: NodeJS.Timeout | undefined;

  constructor(
    store: IngestStore,
    moment: () => Promise<Moment>,
    onTaken: (batch: TakenBatch) => void,
    atOnce = 1,
    patienceMs = PATIENCE_MS,
  ) {
    this.#atOnce = atOnce;
    this.#patienceMs = patienceMs;
    this.#store = store;
    this.#moment = moment;
    this.#onTaken = onTaken;
  }

  take(messages: readonly IngestMessage[]): Promise<readonly Taken[]> {
    return new Promise((resolve, reject) => {
      const isOnlyEvents = messages.every(({ kind }) => kind === "track");
      this.#waiting.push({ messages, isOnlyEvents, resolve, reject });
      void this.#start();
    });
  }

  /** Requests that wait for their transaction to begin. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#waiting.length > 0 || this.#running.size > 0) {
      await Promise.all(this.#running);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #start(): Promise<void> {
    if (this.#isStarting) return;
    this.#isStarting = true;
    // What arrives in this very turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve));
    this.#isStarting = false;
    this.#beginAll();
  }

  #beginAll(): void {
    while (this.#mayBegin() && this.#isLargeEnough()) this.#begin();
    if (this.#mayBegin())
      this.#patience ??= setTimeout(() => this.#endPatience(), this.#patienceMs);
    else this.#stopWaiting();
  }

  #endPatience(): void {
    this.#stopWaiting();
    if (this.#mayBegin()) this.#begin();
    this.#beginAll();
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #mayBegin(): boolean {
    const [first] = this.#waiting;
    if (!first) return false;
    if (this.#running.size === 0) return true;
    return this.#running.size < this.#atOnce && this.#onlyEvents && first.isOnlyEvents;
  }

  #isLargeEnough(): boolean {
    return countMessages(this.#waiting) * this.#running.size >= this.#runningMessages;
  }

  #begin(): void {
    const next = this.#next();
    const messages = countMessages(next);
    this.#runningMessages += messages;
    this.#onlyEvents = next.every(({ isOnlyEvents }) => isOnlyEvents);
    this.#stopWaiting();
    const running = this.#takeTogether(next).finally(() => {
      this.#running.delete(running);
      this.#runningMessages -= messages;
      this.#beginAll();
    });
    this.#running.add(running);
  }

  /** Those that wait longest; beside another transaction as far as they are events alone. */
  #next(): Waiting[] {
    const isBeside = this.#running.size > 0;
    let messages = 0;
    const next: Waiting[] = [];
    for (const one of this.#waiting) {
      messages += one.messages.length;
      if (next.length > 0 && messages > TOGETHER) break;
      if (isBeside && !one.isOnlyEvents) break;
      next.push(one);
    }
    this.#waiting.splice(0, next.length);
    return next;
  }

  async #takeTogether(requests: readonly Waiting[]): Promise<void> {
    try {
      const batch = await this.#write(requests.flatMap(({ messages }) => messages));
      let from = 0;
      for (const { messages, resolve } of requests) {
        resolve(batch.results.slice(from, (from += messages.length)));
      }
    } catch (error) {
      const [only, ...others] = requests;
      if (only && others.length === 0) only.reject(error);
      // One request must not spoil the others: each goes on its own, and its own error is its answer.
      else for (const request of requests) await this.#takeTogether([request]);
    }
  }

  async #write(messages: readonly IngestMessage[]): Promise<TakenBatch> {
    const batch = await this.#store.take(messages, await this.#moment());
    this.#onTaken(batch);
    return batch;
  }
}

function countMessages(requests: readonly Waiting[]): number {
  return requests.reduce((sum, { messages }) => sum + messages.length, 0);
}
