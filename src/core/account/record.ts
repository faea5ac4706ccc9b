import type { BookDecider } from "../decide/index.ts";
import type { AccountHistory } from "../facts/index.ts";
import type { Value } from "../rules/types.ts";
import type { Touch, Trigger } from "../schedule/types.ts";
import type { Day, Instant } from "../time/day.ts";
import type { AccountState } from "./state.ts";

/**
 * Today's facts of an account that an evaluation of today has left: they need not be worked out
 * again, and its history holds nothing but its contacts.
 */
export interface ToldFacts {
  /** Every fact that the model's rules read. */
  readonly columns: readonly ToldColumn[];
  readonly facts: readonly (string | number | boolean | null)[];
  /** What it made happen moves facts, or starts programs: only all of its history can tell more. */
  isOutgrown: boolean;
}

export interface ToldColumn {
  readonly column: string;
  readonly read: (told: { readonly facts: ToldFacts["facts"] | null }) => Value;
}

/** An account while it is being evaluated: what is known, what is remembered, what is planned. */
export interface AccountRecord {
  history: AccountHistory;
  /** Never evaluated before it was taken up. */
  readonly isNew: boolean;
  state: AccountState;
  readonly touches: Map<string, Touch>;
  owner: string | null;
  /** Records of one batch have them all, or none of them has. */
  readonly told?: ToldFacts;
}

/** One evaluation of a batch: local day, instant, and what each account has news of. */
export interface Occasion {
  readonly today: Day;
  /** When what this evaluation changes happened. */
  readonly now: Instant;
  /** The day it really is, while `today` is being caught up. */
  readonly present?: Day;
  readonly modelVersion: number;
  /** In the replay of a first apply: the day it goes live. */
  readonly liveFrom: Day | null;
  triggers(record: AccountRecord): readonly Trigger[];
  /** Whether the model goes live on the account by this and only newcomers start its programs. */
  holdsBack?(record: AccountRecord): boolean;
  /** Whether the whole decision is wanted even when nothing changed. */
  readonly wantAll: boolean;
  /** Nobody reads decisions: a simulation counts how accounts stand, day after day. */
  readonly countsOnly?: boolean;
  /** The same accounts are evaluated day after day: planning of which nothing can come is left out. */
  readonly mayRest?: boolean;
  /** Shown each account's row as it was decided, until the batch goes on: for who counts, not lists. */
  readonly look?: (record: AccountRecord, decider: BookDecider, row: number) => void;
}
