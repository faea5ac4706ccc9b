import type { TouchStatus } from "../../core/schedule/types.ts";
import type { Day } from "../../core/time/day.ts";

/** What the whole book was like, counted where it is kept. */
export interface HistoryStore {
  /**
   * How accounts moved between days, net: from where they stood at the end of one to where they
   * stood at the end of the next. Those that stay are left out.
   * @param days ascending; the moves up to the first are its standing
   */
  moves(of: StandingKind, days: readonly Day[]): Promise<readonly StandingMove[]>;
  /** The day of the oldest stored decision; null: nothing is decided. */
  since(): Promise<Day | null>;
  /** The accounts that stood at one place at the end of a day, and at another at the end of a later one. */
  movedAccounts(
    move: AccountMove,
    after: string | null,
    limit: number,
  ): Promise<readonly MovedAccount[]>;
  /** Touches that fell due from one day to another, by week; each account by the level it has now. */
  touchTallies(from: Day, to: Day): Promise<readonly TouchTally[]>;
  /** The touches behind a tally, by due day. */
  talliedTouches(
    filter: TallyFilter,
    after: TalliedAfter | null,
    limit: number,
  ): Promise<readonly TalliedTouch[]>;
}

/** What of a decision is looked at: its touch level, its lifecycle stage, its health band. */
export type StandingKind = "level" | "stage" | "band";

export interface StandingMove {
  /** Between which days: 1 is from the first to the second; 0: up to the first. */
  readonly period: number;
  /** null: not in the book (not decided yet, or closed); "": of no level, stage or band. */
  readonly from: string | null;
  readonly to: string | null;
  readonly accounts: number;
}

export interface AccountMove {
  readonly of: StandingKind;
  readonly fromDay: Day;
  readonly toDay: Day;
  /** null: not in the book then; "": of no level, stage or band; undefined: wherever. */
  readonly from: string | null | undefined;
  readonly to: string | null | undefined;
}
export interface MovedAccount {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly closedAt: Day | null;
}

export interface TouchTally {
  /** Its Monday. */
  readonly week: Day;
  readonly level: string | null;
  readonly human: boolean;
  readonly status: TouchStatus;
  readonly touches: number;
  readonly minutes: number;
}
export interface TallyFilter {
  readonly from: Day;
  readonly to: Day;
  readonly human?: boolean;
  /** null: of accounts without a level. */
  readonly level?: string | null;
  readonly statuses?: readonly TouchStatus[];
}
export interface TalliedAfter {
  readonly due: Day;
  readonly account: string;
  readonly key: string;
}
export interface TalliedTouch extends TalliedAfter {
  readonly id: string;
  readonly accountName: string | null;
  readonly title: string;
  readonly channel: string;
  readonly human: boolean;
  readonly owner: string | null;
  readonly status: TouchStatus;
  readonly result: string | null;
  readonly reason: string | null;
  readonly minutes: number;
  readonly level: string | null;
}
