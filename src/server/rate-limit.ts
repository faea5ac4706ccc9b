/** How often somebody may try something within a window; counted in this process alone. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #clock: () => number;
  #counts = new Map<string, number>();
  #since = Number.NEGATIVE_INFINITY;

  constructor(most: number, windowMs: number, clock: () => number) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#clock = clock;
  }

  /** Seconds to wait; 0: go on. */
  wait(who: string): number {
    const now = this.#now();
    if ((this.#counts.get(who) ?? 0) < this.#most) return 0;
    return Math.max(1, Math.ceil((this.#since + this.#windowMs - now) / 1000));
  }

  /** One more try. */
  count(who: string): void {
    this.#now();
    this.#counts.set(who, (this.#counts.get(who) ?? 0) + 1);
  }

  /** All counts start anew with each window, so that nothing grows. */
  #now(): number {
    const now = this.#clock();
    if (now >= this.#since + this.#windowMs || now < this.#since) {
      this.#counts = new Map();
      this.#since = now;
    }
    return now;
  }
}
