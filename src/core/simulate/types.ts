import type { AccountRecord } from "../account/record.ts";
import type { Trigger } from "../schedule/types.ts";
import type { Channel } from "../model/types.ts";
import type { Day } from "../time/day.ts";

/** An account with the whole of its history, to be lived through once more. */
export interface PastAccount {
  readonly record: AccountRecord;
  /** The first day on which anything is known of it. */
  readonly since: Day;
  /** What customers did that may start a program, in order of time. */
  readonly triggers: readonly Trigger[];
  /** The days on which it ended, as `--ended` says; in order. Only the judge looks at them. */
  readonly ends: readonly Day[];
}

/** The days to be lived through, both ends included. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
  /** So many days before `from` are decided first, without touches, as a first apply does. */
  readonly warmUp: number;
}

/** Where the accounts stand at the end of a day, by their place in the list; -1 is none. */
export interface Standings {
  /** 1: known, open and decided. */
  readonly open: Uint8Array;
  /** Index into the model's levels, highest first. */
  readonly level: Int16Array;
  readonly base: Int16Array;
  /** Index into the model's bands, lowest first. */
  readonly band: Int16Array;
  /** NaN: unknown. */
  readonly revenue: Float64Array;
}

/** A touch that took place on a simulated day. */
export interface SimulatedTouch {
  /** Place of its account in the list. */
  readonly account: number;
  readonly human: boolean;
  readonly channel: Channel;
  /** Who does it, as the touchpoint says: owner, csm, sales, … */
  readonly by: string;
  readonly minutes: number;
}

/** What one simulated day came to. The standings are overwritten by the next day. */
export interface SimulatedDay {
  readonly day: Day;
  readonly standings: Standings;
  readonly touches: readonly SimulatedTouch[];
  /** Automated touches that were given up because caps or a recent talk held them back too long. */
  readonly dropped: number;
}
