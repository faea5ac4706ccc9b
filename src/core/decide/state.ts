import type { Day } from "../time/day.ts";

/** A person's word on the level: the last one, through the day `until` (null: until taken back). */
export interface Pin {
  readonly level: string;
  readonly until: Day | null;
  readonly reason: string;
  readonly by: string | null;
}

/**
 * What deciding remembers of an account from one evaluation to the next: small, plain JSON,
 * by name, so that another version of the model finds what it knows and leaves the rest.
 */
export interface DecideState {
  /** Day of the evaluation that left this state. */
  readonly day: Day;
  readonly stage: {
    readonly name: string;
    readonly since: Day;
    /** Stages left on `day`: not entered again that day. */
    readonly left: readonly string[];
  } | null;
  readonly band: string;
  readonly segments: { readonly [name: string]: SegmentState };
  readonly level: LevelState | null;
  /** The last day on which the `when` of an adjustment with `keep` was true. */
  readonly keep: { readonly [adjustment: string]: Day };
  /** Daily scores up to `day`, newest last, as far back as a fact looks; null where unknown. */
  readonly health: readonly (number | null | "none")[];
}

export interface SegmentState {
  /** The entry's name (null: none) of a `one` dimension; whether it is a member otherwise. */
  readonly in: string | null | boolean;
  readonly since: Day | null;
  /** First of the successive days on which `when` held. */
  readonly streak: Day | null;
}

export interface LevelState {
  readonly name: string;
  readonly since: Day;
  readonly base: string;
  readonly baseSince: Day;
  /** First of the successive days on which a lower level was asked for. */
  readonly lowerSince: Day | null;
  readonly pinned: boolean;
  /** The level that the owner still goes by, while another base level has not lasted long enough. */
  readonly owns?: string;
  /** An adjustment with `hand_over` has given the account to an owner of its running level. */
  readonly handedOver?: true;
}
