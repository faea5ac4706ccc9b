import type { Instant } from "../core/time/day.ts";

/** An account that could not be worked on, and when that is tried again. */
export interface TroubledAccount {
  readonly account: string;
  readonly job: string;
  readonly error: string;
  readonly since: Instant;
  readonly attempts: number;
  readonly retryAt: Instant;
}

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** What of a worker's accounts throws: set aside so that the others go on, and tried again now and then. */
export class TroubledAccounts {
  readonly #of = new Map<string, TroubledAccount>();

  list(): readonly TroubledAccount[] {
    return [...this.#of.values()];
  }

  /** Not to be taken up yet. */
  waiting(now: Instant): string[] {
    return this.list().flatMap(({ account, retryAt }) => (retryAt > now ? account : []));
  }

  add(account: string, job: string, error: unknown, now: Instant): TroubledAccount {
    const before = this.#of.get(account);
    const attempts = (before?.attempts ?? 0) + 1;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
    const troubled = {
      account,
      job,
      error: error instanceof Error ? error.message : String(error),
      since: before?.since ?? now,
      attempts,
      retryAt: now + wait,
    };
    this.#of.set(account, troubled);
    return troubled;
  }

  /** They are well again. */
  clear(accounts: readonly string[]): void {
    if (this.#of.size === 0) return;
    for (const account of accounts) this.#of.delete(account);
  }
}
