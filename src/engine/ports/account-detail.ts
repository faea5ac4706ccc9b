import type { Day, Instant } from "../../core/time/day.ts";

/** What the page of one account asks beside its decision. */
export interface DetailStore {
  /** Its stored decisions in short, oldest first. */
  standings(account: string): Promise<DecidedStanding[]>;
  /**
   * What its users did, by spans of time: `starts` are the beginnings of the spans, oldest first,
   * and the last span ends before `until`. The engine's own events are left out.
   */
  usage(account: string, starts: readonly Instant[], until: Instant): Promise<AccountUsage>;
  ties(account: string): Promise<AccountTies>;
}

/** Where an account stood after a stored decision. */
export interface DecidedStanding {
  readonly seq: number;
  readonly day: Day;
  readonly at: Instant;
  readonly cause: string;
  readonly modelVersion: number;
  readonly level: string | null;
  readonly base: string | null;
  readonly held: boolean;
  readonly pinned: boolean;
  readonly stage: string | null;
  readonly score: number | null;
  readonly band: string | null;
}

export interface AccountUsage {
  /** By event and span (its place in `starts`), where there were any. */
  readonly counts: readonly {
    readonly name: string;
    readonly span: number;
    readonly count: number;
  }[];
  /** People who did anything in a span. */
  readonly users: readonly { readonly span: number; readonly users: number }[];
  /** When the first and the last event of all happened; null: there is none. */
  readonly first: Instant | null;
  readonly last: Instant | null;
}

/** What the account belongs to, what belongs to it, and how it came to its owner. */
export interface AccountTies {
  readonly parent: Relative | null;
  readonly children: readonly (Relative & { readonly level: string | null })[];
  /** A person here gave it to its owner; the imports' word does not count. */
  readonly ownerByHand: boolean;
  /** With `ownerByHand`: whom the imports name. */
  readonly ownerSaid: string | null;
  /** The last time that it was given to somebody here. */
  readonly ownerChange: {
    readonly at: Instant;
    readonly by: string | null;
    readonly reason: string | null;
    readonly from: string | null;
  } | null;
}

interface Relative {
  readonly id: string;
  /** null: nobody has said, or there is no such account. */
  readonly name: string | null;
}
