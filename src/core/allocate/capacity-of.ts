import { coverageOf, type CoverageInput } from "./coverage.ts";
import { loadOf, roleLoads } from "./load.ts";
import type { DoerLoad, LevelCoverage, RoleLoad } from "./types.ts";

/** Work against hours, and accounts against people, in the weeks ahead. */
export interface Capacity {
  /** Most loaded first. */
  readonly doers: readonly DoerLoad[];
  /** Highest first. */
  readonly levels: readonly LevelCoverage[];
  readonly roles: readonly RoleLoad[];
}

export function capacityOf(input: CoverageInput): Capacity {
  const { work, team, frame } = input;
  return {
    doers: loadOf(work, team, frame),
    levels: coverageOf(input),
    roles: roleLoads(work, team, frame),
  };
}
