import type { ModelChange } from "../../core/model/diff/types.ts";
import type { Channel } from "../../core/model/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { MatrixCell } from "../plan/types.ts";

/** An account that goes elsewhere. */
export interface Mover {
  readonly account: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly revenue: number | null;
  /** `level`, `base_level`, `stage`, `segments.value`. */
  readonly moves: readonly {
    readonly what: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

export interface TouchImpact {
  readonly made: number;
  readonly cancelled: number;
  readonly moved: number;
  readonly changed: number;
}

/** What a change of the model comes to, in a second: the plan's figures, exact where it says so. */
export interface ModelImpact {
  /** The book is shown as it was then. */
  readonly asOf: Instant;
  /** Something has changed since: it is being read, so that asking again soon tells more. */
  readonly isBehind: boolean;
  readonly today: Day;
  readonly live: { readonly version: number; readonly name: string };
  readonly changes: readonly ModelChange[];
  readonly accounts: {
    readonly total: number;
    readonly moving: number;
    readonly revenue: number;
    readonly revenueMoving: number;
  };
  readonly levels: readonly MatrixCell[];
  readonly stages: readonly MatrixCell[];
  readonly segments: readonly (MatrixCell & { readonly segment: string })[];
  /** Most revenue first, a few hundred at most. */
  readonly movers: readonly Mover[];
  readonly touches: { readonly human: TouchImpact; readonly automated: TouchImpact };
  readonly messages: readonly {
    readonly week: Day;
    readonly channel: Channel;
    readonly before: number;
    readonly after: number;
  }[];
  /** Minutes that people need, by week. */
  readonly work: readonly {
    readonly week: Day;
    readonly before: number;
    readonly after: number;
    /** Minutes that people of the team have; null: nobody has said. */
    readonly has: number | null;
  }[];
  /** Accounts that the change may touch, and of how many of them it was worked out touch by touch. */
  readonly affected: number;
  readonly evaluated: number;
  readonly exact: { readonly moves: boolean; readonly work: boolean };
}
