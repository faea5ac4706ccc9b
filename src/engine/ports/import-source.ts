import type { RuleType } from "../../core/rules/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { AccountRow, ContactRow, EventRow, RowScalar, TeamRow } from "./rows.ts";

export type StatementName = "accounts" | "contacts" | "events" | "team";

/** A row that stays out, and why. */
export interface Reject {
  /** `accounts`, …; a line of a file that is no row of its table: `files.NAME`. */
  readonly statement: string;
  /** Row of the statement's result, or line of the file, from 1. */
  readonly row: number;
  readonly reason: string;
  readonly content: Readonly<Record<string, RowScalar | null>>;
}

export interface ImportOptions {
  readonly today: Day;
  readonly now?: Instant | undefined;
  readonly timezone?: string | undefined;
  readonly traitTypes?: ReadonlyMap<string, RuleType> | undefined;
  readonly contactTraitTypes?: ReadonlyMap<string, RuleType> | undefined;
  readonly shiftDays?: number | undefined;
  readonly onReject?: ((reject: Reject) => void) | undefined;
}

/** An opened import: files read, statements run, rows to be had in batches. */
export interface ImportSource {
  /** Days by which every date was moved; undefined when the file asks for no shift. */
  readonly shiftDays: number | undefined;
  readonly timezone: string;
  /** Rows of each statement's result; undefined: no such statement. */
  readonly totals: Readonly<Record<StatementName, number | undefined>>;
  readonly rejected: ReadonlyMap<string, number>;
  readonly warnings: readonly string[];
  accounts(): AsyncIterable<readonly AccountRow[]>;
  contacts(): AsyncIterable<readonly ContactRow[]>;
  events(): AsyncIterable<readonly EventRow[]>;
  team(): AsyncIterable<readonly TeamRow[]>;
  close(): Promise<void>;
}
