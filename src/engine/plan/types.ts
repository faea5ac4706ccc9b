import type { DoerLoad, LevelCoverage } from "../../core/allocate/types.ts";
import type { ModelChange } from "../../core/model/diff/types.ts";
import type { Channel } from "../../core/model/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";

/** Whether accounts that match already start programs too, or only those that come to match. */
export type Existing = "all" | "new";

/** Whatever may speak against going live; `--allow CODE` accepts a blocking one. */
export type ProblemCode =
  | "over-capacity"
  | "weeks-over-capacity"
  | "program-impossible"
  | "accounts-without-program"
  | "too-many-accounts"
  | "flood"
  | "misfit-values"
  | "currency-changed";

export interface PlanProblem {
  readonly code: ProblemCode;
  readonly severity: "blocking" | "warning";
  /** What of the model it is about: `levels.high`, `programs.welcome`. */
  readonly where: string;
  /** One sentence with its numbers. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  readonly allowed: boolean;
}

/** Accounts that go from one value to another, and what they are worth. */
export interface MatrixCell {
  /** null: never decided, or none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly accounts: number;
  readonly revenue: number;
}

export interface MoveReason {
  /** `level`, `base_level`, `stage`, `segments.value`, `programs.save`. */
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
  /** The rule that decided it before and decides it now, as they are written; null: none did. */
  readonly oldRule: string | null;
  readonly newRule: string | null;
  /** What those rules read of the account. */
  readonly actual: Readonly<Record<string, string | number | boolean | null>>;
  /** In a CS leader's words: `arr 72,000: was below 100,000 (core), is now at least 60,000 (strategic)`. */
  readonly why: string;
}

/** An account whose level, stage or segments are others by the new model. */
export interface AccountMove {
  readonly account: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly revenue: number | null;
  readonly reasons: readonly MoveReason[];
}

export type TouchFate = "made" | "cancelled" | "moved" | "changed";

/** What becomes of one open touch. */
export interface TouchChange {
  readonly fate: TouchFate;
  /** The touch's key: made again it is the same one. */
  readonly key: string;
  readonly account: string;
  readonly contact: string | null;
  readonly touchpoint: string;
  readonly program: string | null;
  readonly human: boolean;
  readonly channel: Channel;
  /** null: made new. */
  readonly dueBefore: Day | null;
  /** null: cancelled. */
  readonly due: Day | null;
  readonly reason: string | null;
}

export interface TouchTally {
  readonly program: string | null;
  readonly touchpoint: string;
  readonly human: boolean;
  readonly made: number;
  readonly kept: number;
  readonly moved: number;
  readonly cancelled: number;
  readonly changed: number;
}

/** Automated messages due in a week, before and after. */
export interface WeekMessages {
  readonly week: Day;
  readonly channel: Channel;
  readonly before: number;
  readonly after: number;
}

/** A contact who would get more than a cap allows only by the new model: what is over is deferred. */
export interface NewlyCapped {
  readonly account: string;
  readonly contact: string | null;
  /** As written: `email: 2 per 7d`. */
  readonly cap: string;
  readonly planned: number;
}

/** Work and hours of the coming weeks by one model. */
export interface PlannedHours {
  readonly doers: readonly DoerLoad[];
  readonly levels: readonly LevelCoverage[];
  /** Human hours per week by role, Monday by Monday. */
  readonly roles: readonly {
    readonly role: string;
    readonly weeks: readonly {
      readonly week: Day;
      readonly minutes: number;
      readonly capacity: number | null;
    }[];
  }[];
}

/**
 * What going live with a model would change. The printed plan, its JSON and what `apply` does
 * all come from this one object and the evaluations that made it.
 */
export interface ModelPlan {
  readonly madeAt: Instant;
  readonly today: Day;
  readonly model: { readonly name: string; readonly hash: string };
  /** null: it would be the first. */
  readonly live: { readonly version: number; readonly name: string; readonly hash: string } | null;
  readonly existing: Existing;
  /** The very same model and messages are live: there is nothing to do. */
  readonly isSame: boolean;
  readonly changes: readonly ModelChange[];
  /** Message files: names such as `welcome.en`. */
  readonly messageFiles: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
  readonly accounts: {
    readonly total: number;
    readonly moving: number;
    readonly revenue: number;
    readonly revenueMoving: number;
    /** Never decided before. */
    readonly first: number;
  };
  readonly levels: readonly MatrixCell[];
  readonly stages: readonly MatrixCell[];
  /** By segment: who joins, leaves or goes from one entry to another; those who stay are left out. */
  readonly segments: readonly (MatrixCell & { readonly segment: string })[];
  readonly moves: readonly AccountMove[];
  /** Runs of programs that begin and end. */
  readonly programs: readonly {
    readonly program: string;
    readonly started: number;
    readonly ended: number;
    /** Would have started but for `--existing new`. */
    readonly heldBack: number;
  }[];
  readonly touches: readonly TouchTally[];
  readonly touchChanges: readonly TouchChange[];
  readonly messages: readonly WeekMessages[];
  readonly newlyCapped: readonly NewlyCapped[];
  readonly hours: { readonly before: PlannedHours; readonly after: PlannedHours };
  readonly problems: readonly PlanProblem[];
}

/** What apply needs beside the plan when it comes from a file: `plan --out`. */
export interface PlanFile {
  readonly touchstonePlan: 1;
  readonly plan: ModelPlan;
  readonly files: {
    readonly file: string;
    readonly source: string;
    readonly messages: Readonly<Record<string, string>>;
  };
}
