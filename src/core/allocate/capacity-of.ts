import { type CountedBook, coverageOfCounted, type CoverageInput } from "./coverage.ts";
import { loadOfCounted, roleLoadsOfCounted } from "./load.ts";
import { tallyOwned } from "./owned-tally.ts";
import type { DoerLoad, LevelCoverage, RoleLoad } from "./types.ts";
import { tallyWork } from "./work-tally.ts";

/** Work against hours, and accounts against people, in the weeks ahead. */
export interface Capacity {
  /** Most loaded first. */
  readonly doers: readonly DoerLoad[];
  /** Highest first. */
  readonly levels: readonly LevelCoverage[];
  readonly roles: readonly RoleLoad[];
}

export function capacityOf({ accounts, work, ...rest }: CoverageInput): Capacity {
  const byDoer = tallyWork(work, accounts).inWeeks(rest.frame);
  return capacityOfCounted({ ...rest, owned: tallyOwned(accounts), byDoer });
}

/** The same of accounts and work that are added up. */
export function capacityOfCounted(book: CountedBook): Capacity {
  const { byDoer, team, frame } = book;
  return {
    doers: loadOfCounted(byDoer, team, frame),
    levels: coverageOfCounted(book),
    roles: roleLoadsOfCounted(byDoer, team, frame),
  };
}
