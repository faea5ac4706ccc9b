import type { Touch } from "../../core/schedule/types.ts";
import type { Json } from "../../core/facts/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { AuditEntry, Moment } from "./store.ts";
import type { Notice } from "./webhooks.ts";

/** What accounts ask of an owner, and how it goes from one to another. */
export interface OwnerStore {
  /** Accounts with work for their owner, or with one of the traits; page by page, in no order that means anything. */
  needs(filter: OwnerNeedsFilter): AsyncIterable<readonly OwnerNeeds[]>;
  /** Open touches that somebody was given by hand, in minutes due through a day. */
  given(until: Day): Promise<{ readonly owner: string; readonly minutes: number }[]>;
  /** In the order asked for; ids that do not exist are left out. */
  holdings(ids: readonly string[]): Promise<Holding[]>;
  /**
   * Gives accounts to other owners, all in one transaction, each with its touches and on record; marks
   * them to be decided. Answers the accounts that have changed meanwhile: nothing of these is stored.
   */
  handOver(changes: readonly OwnerChange[], moment: Moment): Promise<string[]>;
}

export interface OwnerNeedsFilter {
  readonly traits: readonly string[];
  /** Traits as of this day. */
  readonly today: Day;
  /** Touches due through this day. */
  readonly until: Day;
}

export interface OwnerNeeds {
  readonly account: string;
  /** Of open touches by the owner that nobody was given by hand. */
  readonly minutes: number;
  readonly traits: { readonly [name: string]: Json } | null;
}

/** An account as whoever gives it to somebody else has to know it. */
export interface Holding {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly stateRev: number;
  /** Open touches by people. */
  readonly touches: readonly Touch[];
}

export interface OwnerChange {
  readonly account: string;
  readonly to: string | null;
  /** Of the account it was worked out from. */
  readonly stateRev: number;
  /** New and changed ones, whole. */
  readonly touches: readonly Touch[];
  readonly notices: readonly Notice[];
  readonly audit: AuditEntry;
}
