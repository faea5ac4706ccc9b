import type { EngineContext } from "./context.ts";
import type { LiveBook } from "./live-book.ts";
import type { LiveModel } from "./live-model.ts";
import type { TroubledAccount } from "./troubled-accounts.ts";

/** What a worker's jobs work with. */
export interface WorkContext {
  readonly context: EngineContext;
  /** This worker's id. */
  readonly worker: string;
  /** Accounts as last seen, brought up to date cheaply. */
  readonly book: LiveBook;
  /** The model in force; null: none yet. Compiled once per version. */
  live(): Promise<LiveModel | null>;
  /** Buckets that this worker looks after; null: all of them (the embedded database). */
  buckets(): readonly number[] | null;
  /** Aborted once the worker is to stop: finish what is claimed, claim nothing more. */
  readonly signal: AbortSignal;
  /** Lets other jobs know that there may be something for them. */
  wake(job: string): void;
}

/** One kind of work that a worker does again and again. */
export interface WorkerJob {
  readonly name: string;
  /** How long to wait, in ms, when there was nothing to do and nobody woke it. */
  readonly every: number;
  /** Does a piece of what there is to do; answers how much it did. More than 0: it is run again at once. */
  run(work: WorkContext): Promise<number>;
  /** Accounts on which it failed and that it has set aside. */
  troubled?(): readonly TroubledAccount[];
}
