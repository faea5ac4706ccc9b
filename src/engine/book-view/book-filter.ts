import type { Value } from "../../core/rules/types.ts";

/** Which accounts of the book are meant: all that is given has to hold. */
export interface BookFilter {
  /** A rule, of decided accounts: `level == "high" && health < 50`. */
  readonly where?: string;
  /** Beginning of an id, or part of a name. */
  readonly text?: string;
  /** One of these. */
  readonly levels?: readonly string[];
  readonly stages?: readonly string[];
  readonly bands?: readonly string[];
  /** null: those of nobody. */
  readonly owners?: readonly (string | null)[];
  /** In all of these: `losing_interest`, or `value:small` for one of several. */
  readonly segments?: readonly string[];
  /** The renewal lies at most so many days ahead, and not behind. */
  readonly renewalWithin?: number;
  readonly ids?: readonly string[];
  /** Default `open`: decided, or to be decided soon. */
  readonly state?: "open" | "decided" | "all";
}

/** How accounts are put in order: by a column; those of which it is unknown come last. */
export interface BookOrder {
  readonly column: string;
  readonly descending: boolean;
  /**
   * `exact`: texts by their characters, as rules compare them. `people` (the default): letters
   * before their case; levels, stages and bands as the model lists them.
   */
  readonly texts?: "exact" | "people";
}

/** Accounts with something in common, and what they are worth together. */
export interface BookShare {
  readonly value: Value;
  readonly accounts: number;
  readonly revenue: number;
}
