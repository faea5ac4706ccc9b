import type { EngineContext } from "./context.ts";

/**
 * While an import runs, workers leave accounts alone that were never decided: they would be
 * decided by the first half of their data. An import that died is forgotten after a minute.
 */
const KEY = "import-running";
const LASTS_MS = 60_000;

export async function isImportRunning({ store, clock }: EngineContext): Promise<boolean> {
  const until = await store.settings.get(KEY);
  return typeof until === "number" && until > clock();
}

/** Says that an import runs; `sign` is to be called again and again, `end` once. */
export class ImportSign {
  readonly #context: EngineContext;
  #until = 0;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  async show(): Promise<void> {
    const now = this.#context.clock();
    if (this.#until - now > LASTS_MS / 2) return;
    this.#until = now + LASTS_MS;
    await this.#context.store.settings.set(KEY, this.#until);
  }

  async end(): Promise<void> {
    if (this.#until > 0) await this.#context.store.settings.remove(KEY);
  }
}
