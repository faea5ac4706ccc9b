import type { TouchResult } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { InAppAction } from "../../core/in-app/types.ts";
import type { RenderedMessage } from "./channel.ts";

/** A message in the app that was sent to a user, with what came back of it so far. */
export interface StoredInApp {
  readonly account: string;
  /** Of the attempt. */
  readonly id: string;
  readonly touchId: string;
  readonly touchpoint: string;
  readonly program: string | null;
  readonly message: RenderedMessage;
  readonly sentAt: Instant;
  readonly purpose: string;
  readonly priority: string | null;
  readonly result: TouchResult | null;
  /** Its program was left since: what it speaks of is no longer so. */
  readonly isLeft: boolean;
  readonly seenAt: Instant | null;
  readonly clickedAt: Instant | null;
  readonly dismissedAt: Instant | null;
  readonly itemsDone: readonly number[];
}

export interface InAppMark {
  readonly account: string;
  readonly id: string;
  readonly action: InAppAction;
  readonly item: number | null;
  readonly at: Instant;
}

/** Messages in the app, and what users did with them. */
export interface InAppStore {
  /** What a user was sent since then over all accounts that are not closed, newest first. */
  sentTo(user: string, since: Instant, limit: number): Promise<StoredInApp[]>;
  /** Keeps the first time of everything; again, it changes nothing. */
  mark(marks: readonly InAppMark[]): Promise<void>;
}
