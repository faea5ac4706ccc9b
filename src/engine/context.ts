import type { Channel } from "../core/model/types.ts";
import type { Instant } from "../core/time/day.ts";
import type { Store } from "./ports.ts";

/** What every use-case gets: where things are kept, what time it is, and who asks. */
export interface EngineContext {
  readonly store: Store;
  readonly clock: () => Instant;
  /** Who is at the keyboard, for the audit log. */
  readonly actor: string | null;
  /** A worker of this process sends what is due: nothing is held for want of one. */
  readonly delivers?: boolean;
  /** Asked where nobody delivers: channels that are set up in this environment; left out: none. */
  readonly setUp?: () => Promise<ReadonlySet<Channel>>;
}

/** How far long work is; called often, so it has to be cheap. */
export type Progress = (done: number, total: number) => void;
