import type { Instant } from "../../core/time/day.ts";

export interface StatusCount {
  readonly status: string;
  readonly channel: string;
  readonly count: number;
}

/** How much there is to do, read cheaply: for /metrics and /readyz. */
export interface Gauges {
  /** Accounts with news that no evaluation has taken notice of. */
  readonly accountsWaiting: number;
  /** Since when the oldest of them wait (of the first 200); null: none does. */
  readonly waitingSince: Instant | null;
  /** Automated touches whose day has come, by status. */
  readonly touchesToSend: readonly { readonly status: string; readonly count: number }[];
  /** What is on its way out, by status and channel. */
  readonly outgoingOpen: readonly StatusCount[];
  /** What was made in the last 24 hours, by status and channel. */
  readonly outgoingOfDay: readonly StatusCount[];
  readonly webhooksOpen: readonly { readonly status: string; readonly count: number }[];
  readonly webhooksDeadOfDay: number;
  /** Events of nobody known, up to 10,001. */
  readonly heldMessages: number;
  /** Workers that gave a sign of life in the last minute. */
  readonly workers: number;
}

export interface GaugeStore {
  read(now: Instant): Promise<Gauges>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
}
