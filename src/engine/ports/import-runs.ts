import type { Instant } from "../../core/time/day.ts";
import type { Reject } from "./import-source.ts";

/** `broken`: it ended by an error, or its process died; what went in before stays in. */
export type ImportRunStatus = "running" | "done" | "broken";

/** What became of the rows of one statement; while it runs: how far it is. */
export interface ImportRunCounts {
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly done: number;
}

/** One import, from its beginning to its end. */
export interface ImportRun {
  readonly id: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly endedAt: Instant | null;
  readonly status: ImportRunStatus;
  readonly source: string;
  /** `accounts`, …; `file`: an import file with several statements. */
  readonly kind: string;
  readonly file: string;
  readonly by: string | null;
  readonly counts: Readonly<Record<string, ImportRunCounts>>;
  readonly rejected: number;
  readonly badLines: number;
  readonly warnings: readonly string[];
  readonly error: string | null;
}
export interface WholeImportRun extends ImportRun {
  /** The first rows that stayed out. */
  readonly rejects: readonly Reject[];
  /** The import file's text; null: none was written down. */
  readonly definition: string | null;
}
export interface ImportRunPlace {
  readonly startedAt: Instant;
  readonly id: string;
}

/** The history of imports. */
export interface ImportRunStore {
  /** Adds it, or replaces what is known of it. */
  save(run: WholeImportRun): Promise<void>;
  /** How far it is: of one that runs. */
  progress(run: Pick<ImportRun, "id" | "seenAt" | "counts" | "rejected">): Promise<void>;
  /** Newest first. */
  list(limit: number, after?: ImportRunPlace): Promise<ImportRun[]>;
  one(id: string): Promise<WholeImportRun | null>;
  /** Rows that stayed out of imports begun before then are kept no longer; how many there were is. */
  tidy(before: Instant): Promise<void>;
}
