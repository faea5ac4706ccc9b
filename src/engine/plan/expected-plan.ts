import { z } from "zod";
import type { Existing } from "./types.ts";

/** What a plan that was kept has to say, so that going live can be held to it. */
export interface ExpectedPlan {
  readonly existing: Existing;
  readonly live: { readonly version: number; readonly name: string; readonly hash: string } | null;
  readonly moves: readonly ExpectedMove[];
  readonly problems: readonly {
    readonly code: string;
    readonly where: string;
    readonly severity: "blocking" | "warning";
    readonly allowed: boolean;
  }[];
}

export interface ExpectedMove {
  readonly account: string;
  readonly name: string | null;
  readonly reasons: readonly {
    readonly what: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

export const existingShape = z.enum(["all", "new"], { error: "expected all or new" });

/** The same as it is checked where a plan comes from outside, in a file or a request. */
export const expectedParts = {
  existing: existingShape,
  live: z.looseObject({ version: z.int(), name: z.string(), hash: z.string() }).nullable(),
  moves: z.array(
    z.looseObject({
      account: z.string(),
      name: z.string().nullable(),
      reasons: z.array(
        z.looseObject({
          what: z.string(),
          from: z.string().nullable(),
          to: z.string().nullable(),
        }),
      ),
    }),
  ),
  problems: z.array(
    z.looseObject({
      code: z.string(),
      where: z.string(),
      severity: z.enum(["blocking", "warning"]),
      allowed: z.boolean(),
    }),
  ),
};
