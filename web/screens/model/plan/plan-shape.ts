import type { components, operations } from "../../../lib/api-types.ts";

type Answer = operations["planModel"]["responses"]["200"]["content"]["application/json"];
type Cell = components["schemas"]["ModelImpact"]["levels"][number];

interface WeekHours {
  readonly week: string;
  readonly minutes: number;
  readonly capacity: number | null;
}
export interface Hours {
  readonly doers: readonly {
    readonly doer: string;
    readonly name: string;
    readonly kind: string;
    readonly role: string | null;
    readonly weeks: readonly WeekHours[];
    readonly total: { readonly minutes: number; readonly capacity: number | null };
  }[];
  readonly roles: readonly {
    readonly role: string;
    readonly people: number;
    readonly weeks: readonly WeekHours[];
  }[];
}

/** A plan as the API gives it: what its schema leaves open, as `touchstone plan --json` documents it. */
export type Plan = Pick<Answer, "made_at" | "today" | "is_same"> & {
  readonly changes: components["schemas"]["ModelImpact"]["changes"];
  readonly message_files: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
  readonly accounts: {
    readonly total: number;
    readonly moving: number;
    readonly revenue: number;
    readonly revenue_moving: number;
  };
  readonly levels: readonly Cell[];
  readonly stages: readonly Cell[];
  readonly moves: readonly Move[];
  readonly programs: readonly {
    readonly program: string;
    readonly started: number;
    readonly ended: number;
    readonly held_back: number;
  }[];
  readonly touches: readonly {
    readonly program: string | null;
    readonly touchpoint: string;
    readonly human: boolean;
    readonly made: number;
    readonly kept: number;
    readonly moved: number;
    readonly cancelled: number;
    readonly changed: number;
  }[];
  readonly messages: readonly {
    readonly week: string;
    readonly channel: string;
    readonly before: number;
    readonly after: number;
  }[];
  readonly hours: { readonly before: Hours; readonly after: Hours };
  readonly problems: readonly PlanProblem[];
};

export interface Move {
  readonly account: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly revenue: number | null;
  readonly reasons: readonly {
    readonly what: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly why: string;
  }[];
}

export interface PlanProblem {
  readonly code: string;
  readonly severity: "blocking" | "warning";
  readonly where: string;
  readonly message: string;
  readonly hint: string;
  readonly allowed: boolean;
}
