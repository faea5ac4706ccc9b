import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Knows, through every await, whether code runs inside one of this database's transactions.
 * A statement sent past the transaction from there would wait for the transaction, which
 * waits for it: for ever, and without a word.
 */
export class TransactionGuard {
  readonly #running = new AsyncLocalStorage<{ open: boolean }>();

  /** Throws when called from inside a transaction that is still open. */
  refuseInside(method: string): void {
    if (this.#running.getStore()?.open === true) {
      throw new Error(
        `db.${method}() inside a transaction would wait for itself for ever: use the session given to tx()`,
      );
    }
  }

  async run<T>(fn: () => Promise<T>): Promise<T> {
    const state = { open: true };
    try {
      return await this.#running.run(state, fn);
    } finally {
      state.open = false;
    }
  }
}
