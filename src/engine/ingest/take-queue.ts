import type { IngestMessage, IngestStore, Taken, TakenBatch } from "../ports/ingest.ts";
import type { Moment } from "../ports.ts";

/** Messages written in one transaction, at most (one request may hold as many alone). */
const TOGETHER = 2_500;

interface Waiting {
  readonly messages: readonly IngestMessage[];
  readonly resolve: (results: readonly Taken[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One transaction at a time: what comes in while it runs is taken together by the next one, and
 * each request is answered once its own messages are durable. The busier, the larger the
 * transactions and the less each message costs.
 */
export class TakeQueue {
  readonly #store: IngestStore;
  readonly #moment: () => Promise<Moment>;
  readonly #onTaken: (batch: TakenBatch) => void;
  readonly #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(
    store: IngestStore,
    moment: () => Promise<Moment>,
    onTaken: (batch: TakenBatch) => void,
  ) {
    this.#store = store;
    this.#moment = moment;
    this.#onTaken = onTaken;
  }

  take(messages: readonly IngestMessage[]): Promise<readonly Taken[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ messages, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Requests that wait for their transaction to begin. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // What arrives in this very turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#takeTogether(this.#next());
    this.#running = null;
  }

  #next(): Waiting[] {
    let messages = 0;
    const next: Waiting[] = [];
    for (const one of this.#waiting) {
      messages += one.messages.length;
      if (next.length > 0 && messages > TOGETHER) break;
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
