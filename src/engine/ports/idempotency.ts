import type { Instant } from "../../core/time/day.ts";

/** What became of a request that may come again. */
export type Claimed =
  /** Nobody is at it: the caller is to do it and to say what came of it, naming `claim`. */
  | { readonly kind: "yours"; readonly claim: Instant }
  /** Somebody is at it, and has given a sign of life until `until`. */
  | { readonly kind: "busy"; readonly until: Instant }
  /** It was done: this was answered. */
  | { readonly kind: "done"; readonly status: number; readonly answer: string }
  /** The key was used for another request. */
  | { readonly kind: "other" };

export interface IdempotencyStore {
  /**
   * Takes a request up. One whose worker has given no sign of life until `now` is handed to the
   * next who asks.
   */
  claim(key: string, bodyHash: string, now: Instant, until: Instant): Promise<Claimed>;
  /** A sign of life of whoever is at these. */
  hold(keys: readonly string[], until: Instant): Promise<void>;
  finish(key: string, claim: Instant, status: number, answer: string): Promise<void>;
  /** Nothing came of it: whoever asks again may do it. */
  release(key: string, claim: Instant): Promise<void>;
  /** Forgets what was claimed before; answers how many. */
  forget(before: Instant): Promise<number>;
}
