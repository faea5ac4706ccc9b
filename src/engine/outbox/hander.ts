import type { EngineContext } from "../context.ts";
import type { Outgoing } from "../ports.ts";

/**
 * Stores that messages are about to be handed to their channels: those that ask while one
 * statement is under way go together in the next.
 */
export class Hander {
  readonly #context: EngineContext;
  readonly #worker: string;
  #waiting: Outgoing[] = [];
  #next: Promise<ReadonlySet<string>> | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(context: EngineContext, worker: string) {
    this.#context = context;
    this.#worker = worker;
  }

  /** False: it is no longer this worker's to send. */
  async mayHand(attempt: Outgoing): Promise<boolean> {
    this.#waiting.push(attempt);
    this.#next ??= this.#after(this.#running);
    return (await this.#next).has(attempt.id);
  }

  async #after(before: Promise<unknown>): Promise<ReadonlySet<string>> {
    await before;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    const { store, clock } = this.#context;
    const handing = store.outbox.hand(waiting, this.#worker, clock());
    this.#running = handing.catch(() => undefined);
    return new Set(await handing);
  }
}
