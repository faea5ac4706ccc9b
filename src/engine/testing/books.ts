import type { Store } from "../ports.ts";
import { Book } from "./book.ts";

/** Opens books for a test and closes their stores after it. */
export class Books {
  readonly #open: Store[] = [];
  readonly #openStore: () => Promise<Store>;

  constructor(openStore: () => Promise<Store>) {
    this.#openStore = openStore;
  }

  async book(...clock: readonly [] | readonly [day: number, hour?: number]): Promise<Book> {
    const store = await this.#openStore();
    this.#open.push(store);
    return new Book(store, ...clock);
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((store) => store.close()));
  }
}
