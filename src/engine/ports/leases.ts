import type { Json } from "../../core/facts/types.ts";
import type { Instant } from "../../core/time/day.ts";

/** A worker as it shows itself to others. */
export interface WorkerSign {
  readonly id: string;
  readonly startedAt: Instant;
  /** Host, process, what troubles it: for `doctor`. */
  readonly details: Json;
}

export interface LiveWorker extends WorkerSign {
  readonly seenAt: Instant;
  /** How many buckets it looks after. */
  readonly buckets: number;
}

/**
 * Which worker looks after which buckets of accounts, so that two do not do the same work. It
 * saves work only: what must not happen twice is checked by the transaction that stores it.
 */
export interface LeaseStore {
  /**
   * A sign of life: keeps what is held, up to a fair share among the workers that live, gives
   * back what is above it, takes what is free or has run out. Answers the buckets held until
   * `now + leaseMs`; null: all, and no others can be (the embedded database).
   */
  renew(worker: WorkerSign, now: Instant, leaseMs: number): Promise<readonly number[] | null>;
  /** The worker stops: others may take over at once. */
  giveBack(worker: string): Promise<void>;
  /** Those who showed themselves within the time that they said they would. */
  workers(now: Instant): Promise<LiveWorker[]>;
}
