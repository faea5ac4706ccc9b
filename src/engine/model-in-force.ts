import type { EngineContext } from "./context.ts";
import { compileStored, type LiveModel } from "./live-model.ts";

/** The live model as of now, compiled once per version: another process may apply a new one at any time. */
export class ModelInForce {
  readonly #context: EngineContext;
  #live: LiveModel | null = null;
  /** Who asks for the same version while it is being read gets the same model. */
  #reading: { readonly version: number | null; readonly live: Promise<LiveModel | null> } | null =
    null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  async get(): Promise<LiveModel | null> {
    const { models } = this.#context.store;
    const version = await models.liveVersion();
    if (version === (this.#live?.stored.version ?? null)) return this.#live;
    if (this.#reading?.version === version) return this.#reading.live;
    const reading = { version, live: this.#read() };
    this.#reading = reading;
    try {
      return await reading.live;
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }

  async #read(): Promise<LiveModel | null> {
    const stored = await this.#context.store.models.live();
    this.#live = stored ? compileStored(this.#context, stored) : null;
    return this.#live;
  }
}
