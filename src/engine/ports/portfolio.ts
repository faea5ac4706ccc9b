import type { Json } from "../../core/facts/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";

/** A view of the portfolio that somebody keeps. */
export interface SavedView {
  readonly id: string;
  /** Member's id; "": of whoever has no name of their own. */
  readonly owner: string;
  readonly name: string;
  /** The whole team sees it. */
  readonly shared: boolean;
  /** Filter, order and columns, as the screen wrote them. */
  readonly content: Json;
  readonly changedAt: Instant;
}

export interface ViewStore {
  /** Their own and the shared ones, by name. */
  list(owner: string): Promise<readonly SavedView[]>;
  get(id: string): Promise<SavedView | null>;
  put(view: SavedView): Promise<void>;
  remove(id: string): Promise<boolean>;
}

/** What can be done to many accounts at once. */
export type BulkAction =
  | { readonly kind: "assign"; readonly owner: string | null }
  | { readonly kind: "pin"; readonly level: string; readonly until: Day | null }
  | { readonly kind: "unpin" }
  | { readonly kind: "start"; readonly program: string };

export interface BulkFailure {
  readonly account: string;
  readonly why: string;
}

/** One thing that is done to many accounts, one after the other, and how far it has come. */
export interface BulkRun {
  readonly id: string;
  readonly madeAt: Instant;
  readonly by: string | null;
  readonly onlyOwner: string | null;
  readonly action: BulkAction;
  readonly reason: string;
  readonly accounts: readonly string[];
  /** Of `accounts`, from the first on. */
  readonly done: number;
  readonly changed: number;
  readonly failed: readonly BulkFailure[];
  readonly finishedAt: Instant | null;
}

export type BulkProgress = Pick<BulkRun, "done" | "changed" | "failed" | "finishedAt">;

export interface BulkStore {
  add(run: BulkRun): Promise<void>;
  get(id: string): Promise<BulkRun | null>;
  /** The newest, without their accounts. */
  list(limit: number): Promise<readonly (Omit<BulkRun, "accounts"> & { readonly total: number })[]>;
  /** The oldest that is not finished and that nobody is at, for whoever asks until `heldUntil`. */
  claim(now: Instant, heldUntil: Instant): Promise<BulkRun | null>;
  /** How far it has come; `heldUntil` null: somebody else may go on. */
  progress(id: string, progress: BulkProgress, heldUntil: Instant | null): Promise<void>;
}
