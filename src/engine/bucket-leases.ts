import type { EngineContext } from "./context.ts";
import type { Json } from "../core/facts/types.ts";

/** How long a bucket stays with a worker that shows no sign of life: then others take over. */
const LEASE_MS = 10_000;
/** Nobody shares the embedded database: the sign is only for those who ask whether a worker runs. */
const EMBEDDED_LEASE_MS = 120_000;
const NO_BUCKETS: readonly number[] = [];

/** The buckets that a worker looks after, kept by signs of life. */
export class BucketLeases {
  readonly #context: EngineContext;
  readonly #worker: string;
  readonly #startedAt: number;
  readonly #leaseMs: number;
  #held: readonly number[] | null = NO_BUCKETS;
  #until = 0;

  constructor(context: EngineContext, worker: string) {
    this.#context = context;
    this.#worker = worker;
    this.#startedAt = context.clock();
    this.#leaseMs = context.store.kind === "pglite" ? EMBEDDED_LEASE_MS : LEASE_MS;
  }

  /** How often to show life, in ms. */
  get every(): number {
    return this.#leaseMs / 3;
  }

  /** null: all. None while it is not sure that they are still its own. */
  buckets(): readonly number[] | null {
    return this.#context.clock() < this.#until ? this.#held : NO_BUCKETS;
  }

  /** Of an account's worth to others; `details` is what they may read about this worker. */
  async renew(details: Json): Promise<void> {
    const now = this.#context.clock();
    const sign = { id: this.#worker, startedAt: this.#startedAt, details };
    this.#held = await this.#context.store.leases.renew(sign, now, this.#leaseMs);
    this.#until = now + this.#leaseMs;
  }

  async giveBack(): Promise<void> {
    this.#held = NO_BUCKETS;
    await this.#context.store.leases.giveBack(this.#worker);
  }
}
