import type { Day } from "../time/day.ts";

/** An account flaps when its level moved more than so often within so many days. */
export const FLAPPING = { moves: 2, days: 30 } as const;

/** Which accounts move to and fro: their moves of the last 30 days. */
export class Flapping {
  readonly #moves = new Map<number, Day[]>();

  move(account: number, day: Day): void {
    const moves = this.#moves.get(account);
    if (moves) moves.push(day);
    else this.#moves.set(account, [day]);
  }

  /** Accounts that moved more than twice in the 30 days that end with this one. */
  on(day: Day): number[] {
    const found: number[] = [];
    for (const [account, moves] of this.#moves) {
      const recent = moves.filter((moved) => moved > day - FLAPPING.days);
      if (recent.length === 0) this.#moves.delete(account);
      else this.#moves.set(account, recent);
      if (recent.length > FLAPPING.moves) found.push(account);
    }
    return found;
  }
}
