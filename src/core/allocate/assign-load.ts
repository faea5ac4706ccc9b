import type { Assignee, OwnedAccount } from "./assign-rules.ts";

/** What each person has to do while accounts are given away: hours, and accounts of each level. */
export class AssignedLoad {
  readonly #minutes = new Map<string, number>();
  readonly #accounts = new Map<string, number>();
  /** By level, then by person. */
  readonly #byLevel = new Map<string, Map<string, number>>();
  readonly #capacity = new Map<string, number>();

  constructor(members: readonly Assignee[]) {
    const known = members.flatMap(({ capacity }) =>
      capacity !== null && capacity > 0 ? [capacity] : [],
    );
    // whose hours nobody has said is taken to have as many as the others
    const usual = known.length === 0 ? 1 : known.reduce((sum, one) => sum + one, 0) / known.length;
    for (const { id, capacity, otherMinutes } of members) {
      this.#capacity.set(id, capacity !== null && capacity > 0 ? capacity : usual);
      this.#minutes.set(id, otherMinutes);
    }
  }

  add(id: string, account: OwnedAccount): void {
    this.#minutes.set(id, this.minutes(id) + account.minutes);
    this.#accounts.set(id, this.accounts(id) + 1);
    let counts = this.#byLevel.get(account.level);
    if (!counts) this.#byLevel.set(account.level, (counts = new Map<string, number>()));
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  minutes(id: string): number {
    return this.#minutes.get(id) ?? 0;
  }

  accounts(id: string): number {
    return this.#accounts.get(id) ?? 0;
  }

  hasRoom(id: string, { level, asked }: OwnedAccount): boolean {
    return asked === null || (this.#byLevel.get(level)?.get(id) ?? 0) < asked;
  }

  /** Part of the hours that are taken, with the account too. */
  shareWith(id: string, { minutes }: OwnedAccount): number {
    return (this.minutes(id) + minutes) / (this.#capacity.get(id) ?? 1);
  }

  /** Accounts for each hour there is, with one more: who has fewer comes first where hours say nothing. */
  accountsWith(id: string): number {
    return (this.accounts(id) + 1) / (this.#capacity.get(id) ?? 1);
  }
}
