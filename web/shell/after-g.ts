const SEQUENCE_MS = 1_200;

/** Tells keys that follow a `g` from those that stand alone. */
export class AfterG {
  #pressed = Number.NEGATIVE_INFINITY;

  /** Whether this key comes soon after a `g`. `at`: milliseconds since the page was opened. */
  follows(key: string, at: number): boolean {
    const isSoon = at - this.#pressed < SEQUENCE_MS;
    this.#pressed = key === "g" ? at : Number.NEGATIVE_INFINITY;
    return isSoon;
  }
}
