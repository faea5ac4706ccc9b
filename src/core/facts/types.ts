import type { ColumnSpec } from "../book/book.ts";
import type { Day, Instant } from "../time/day.ts";

/** JSON as it came in: a trait's or property's value before anybody looked at its type. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

/** A trait's value from the day it counts from (model.md "Happened and known", §7.14). */
export interface TraitChange {
  readonly trait: string;
  readonly value: Json;
  /** `as_of`, else arrival; for a trait in the account's first message its `created_at`. */
  readonly from: Day;
  /** Of two values from one day the later arrival wins. */
  readonly arrived: Instant;
}

/** Something that happened. The engine's own events (`touch:…`, `segment:…`) come the same way. */
export interface EventInput {
  readonly name: string;
  readonly at: Instant;
  readonly user: string | null;
  readonly properties: { readonly [key: string]: Json };
  /** Made by Touchstone itself: `*` does not count it. Survey answers are the engine's too. */
  readonly engine: boolean;
}

export interface ContactInput {
  readonly id: string;
  /** Case folded; contacts of one account with one address are one person. */
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly timezone: string | null;
  readonly locale: string | null;
  readonly createdAt: Day | null;
  /** When the contact became known. */
  readonly from: Day;
  /** The product's user id, needed for in-app messages. */
  readonly user: string | null;
  /** Channels it does not want. */
  readonly optOuts: readonly string[];
}

export interface AccountIdentity {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: Day | null;
  readonly firstSeen: Day;
  readonly timezone: string | null;
}

/** Which columns facts need, worked out once per model. */
export interface FactColumns {
  /** Facts, built-ins known before health, and those of them needed as of earlier days. */
  readonly specs: readonly ColumnSpec[];
  /** How many days ago health is asked for by `{change: health}` and `{ratio: health}` facts. */
  readonly healthDaysAgo: readonly number[];
}
