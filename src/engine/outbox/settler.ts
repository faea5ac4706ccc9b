import type { EngineContext } from "../context.ts";
import { type EndedAttempt, settleEnds } from "./settle-ends.ts";

/**
 * Stores ends as they come: those that come while others are being stored go together in the
 * next transaction.
 */
export class Settler {
  readonly #context: EngineContext;
  #waiting: EndedAttempt[] = [];
  #next: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Done once it is stored. */
  settle(ended: EndedAttempt): Promise<void> {
    this.#waiting.push(ended);
    this.#next ??= this.#after(this.#running);
    return this.#next;
  }

  async #after(before: Promise<void>): Promise<void> {
    await before;
    const ended = this.#waiting;
    this.#waiting = [];
    this.#next = undefined;
    const done = settleEnds(this.#context, ended);
    this.#running = done.then(
      () => undefined,
      () => undefined,
    );
    await done;
  }
}
