import type { Gauges } from "../engine/ports.ts";
import type { ServerDeps } from "./route.ts";

const FRESH_MS = 5_000;

/** Reads the figures of the database at most every five seconds, however often they are asked for. */
export class GaugeCache {
  readonly #deps: Pick<ServerDeps, "store" | "clock">;
  #read: Promise<Gauges> | null = null;
  #at = Number.NEGATIVE_INFINITY;

  constructor(deps: Pick<ServerDeps, "store" | "clock">) {
    this.#deps = deps;
  }

  read(): Promise<Gauges> {
    const now = this.#deps.clock();
    if (this.#read && now - this.#at < FRESH_MS && now >= this.#at) return this.#read;
    const reading = this.#deps.store.gauges.read(now);
    this.#read = reading;
    this.#at = now;
    // what failed is not kept: the next one asks again; whoever waits for it gets the error
    reading.catch(() => {
      if (this.#read === reading) this.#read = null;
    });
    return reading;
  }
}
