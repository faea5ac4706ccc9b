import type { EngineContext } from "./context.ts";
import { compileStored, type LiveModel } from "./live-model.ts";

/** The live model as of now, compiled once per version: another process may apply a new one at any time. */
export class ModelInForce {
  readonly #context: EngineContext;
  #live: LiveModel | null = null;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  async get(): Promise<LiveModel | null> {
    const { models } = this.#context.store;
    const version = await models.liveVersion();
    if (version === (this.#live?.stored.version ?? null)) return this.#live;
    const stored = await models.live();
    this.#live = stored ? compileStored(this.#context, stored) : null;
    return this.#live;
  }
}
