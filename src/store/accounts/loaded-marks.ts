/** How far an account's data went when it was loaded. */
export interface LoadedMark {
  /** `account.news`: what goes past it arrived after loading. */
  readonly news: number;
  /** The newest of its events, by arrival. */
  readonly lastSeq: number;
}

const MOST = 20_000;

/**
 * What arrives between loading an account and saving its decision must not be taken for
 * decided. Whoever saves without having loaded is taken to have seen nothing new.
 */
export class LoadedMarks {
  readonly #marks = new Map<string, LoadedMark>();

  set(account: string, mark: LoadedMark): void {
    this.#marks.delete(account);
    this.#marks.set(account, mark);
    // Accounts that were only looked at are never taken; the oldest of them go.
    const [oldest] = this.#marks.keys();
    if (this.#marks.size > MOST && oldest !== undefined) this.#marks.delete(oldest);
  }

  take(account: string): LoadedMark | undefined {
    const mark = this.#marks.get(account);
    this.#marks.delete(account);
    return mark;
  }
}
