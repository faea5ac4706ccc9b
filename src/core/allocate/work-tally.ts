import type { Day } from "../time/day.ts";
import { weekOf } from "./frame.ts";
import type { Frame, OwnedAccount, PlannedWork } from "./types.ts";

/** One doer's work within the weeks that are looked at. */
export interface DoerSum {
  readonly minutes: readonly number[];
  readonly touches: readonly number[];
  /** With a touch in these weeks. */
  readonly accounts: number;
  /** Minutes of all weeks by the accounts' base level. */
  readonly byLevel: ReadonlyMap<string, number>;
}

/**
 * Work added up by who does it, on which day and for which level, in place of touch by touch: of
 * a large book nothing is kept that grows with it but who has work.
 */
export class WorkTally {
  readonly #doers = new Map<string, DoerTally>();

  /** @param base level of the touch's account; null: it is not decided */
  add(doer: string, account: string, due: Day, minutes: number, base: string | null): void {
    this.#of(doer).add(account, due, minutes, base);
  }

  /** Who has nothing to do in these weeks is left out. */
  inWeeks(frame: Frame): Map<string, DoerSum> {
    const sums = [...this.#doers].map(([doer, own]) => [doer, own.inWeeks(frame)] as const);
    return new Map(sums.filter(([, { accounts }]) => accounts > 0));
  }

  #of(doer: string): DoerTally {
    let own = this.#doers.get(doer);
    if (!own) this.#doers.set(doer, (own = new DoerTally()));
    return own;
  }
}

/** Of several tallies together; each account is in one of them at most. */
export function sumInWeeks(tallies: readonly WorkTally[], frame: Frame): Map<string, DoerSum> {
  const sums = new Map<string, DoerSum>();
  for (const tally of tallies) {
    for (const [doer, own] of tally.inWeeks(frame)) {
      const known = sums.get(doer);
      sums.set(doer, known ? together(known, own) : own);
    }
  }
  return sums;
}

function together(one: DoerSum, other: DoerSum): DoerSum {
  const add = (a: readonly number[], b: readonly number[]): number[] =>
    a.map((number, week) => number + (b[week] ?? 0));
  const byLevel = new Map(one.byLevel);
  for (const [level, minutes] of other.byLevel) {
    byLevel.set(level, (byLevel.get(level) ?? 0) + minutes);
  }
  return {
    minutes: add(one.minutes, other.minutes),
    touches: add(one.touches, other.touches),
    accounts: one.accounts + other.accounts,
    byLevel,
  };
}

/** The same of work touch by touch. */
export function tallyWork(
  work: readonly PlannedWork[],
  accounts: readonly Pick<OwnedAccount, "id" | "base">[] = [],
): WorkTally {
  const bases = new Map(accounts.map(({ id, base }) => [id, base]));
  const tally = new WorkTally();
  for (const { doer, account, due, minutes } of work) {
    tally.add(doer, account, due, minutes, bases.get(account) ?? null);
  }
  return tally;
}

interface Cell {
  minutes: number;
  touches: number;
}

class DoerTally {
  readonly #days = new Map<string | null, Map<Day, Cell>>();
  /** The first day with something to do for an account. */
  readonly #firsts = new Map<string, Day>();

  add(account: string, due: Day, minutes: number, base: string | null): void {
    this.#put(base, due, minutes);
    const first = this.#firsts.get(account);
    if (first === undefined || due < first) this.#firsts.set(account, due);
  }

  inWeeks(frame: Frame): DoerSum {
    const minutes = frame.weeks.map(() => 0);
    const touches = frame.weeks.map(() => 0);
    const byLevel = new Map<string, number>();
    for (const [base, days] of this.#days) {
      for (const [due, cell] of days) {
        const week = weekOf(frame, due);
        if (week < 0) continue;
        minutes[week] = (minutes[week] ?? 0) + cell.minutes;
        touches[week] = (touches[week] ?? 0) + cell.touches;
        if (base !== null) byLevel.set(base, (byLevel.get(base) ?? 0) + cell.minutes);
      }
    }
    let accounts = 0;
    for (const due of this.#firsts.values()) if (weekOf(frame, due) >= 0) accounts += 1;
    return { minutes, touches, accounts, byLevel };
  }

  #put(base: string | null, due: Day, minutes: number): void {
    let days = this.#days.get(base);
    if (!days) this.#days.set(base, (days = new Map<Day, Cell>()));
    const cell = days.get(due);
    if (cell) {
      cell.minutes += minutes;
      cell.touches += 1;
    } else days.set(due, { minutes, touches: 1 });
  }
}
