import type { Model } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { Flapping } from "./flapping.ts";
import type { Period } from "./periods.ts";
import type { SimulatedDay, SimulatedTouch, Standings } from "./types.ts";

/** What a week or month of the simulation came to. */
export interface PeriodFigures extends Period {
  /** Open accounts at its end, and what they pay. */
  readonly accounts: number;
  readonly revenue: number;
  /** At its end, by level. */
  readonly levels: Readonly<Record<string, number>>;
  /** At its end: at a level above their base. */
  readonly raised: number;
  /** At its end: in the lowest health band; null where the model has no health. */
  readonly red: number | null;
  /** Changes of level; an account's first level is none. */
  readonly movesUp: number;
  readonly movesDown: number;
  /** Accounts that on some day of it had moved more than twice in 30 days. */
  readonly flapping: number;
  readonly humanTouches: number;
  readonly humanMinutes: number;
  /** Of those minutes: what falls to the accounts' owners, the pods and the pool. */
  readonly ownMinutes: number;
  readonly mails: number;
  readonly inApp: number;
  /** Automated touches on other channels. */
  readonly otherMessages: number;
  /** Automated touches that were given up after caps had held them back too long. */
  readonly dropped: number;
}

/** The same over all days. */
export interface SimulationTotals extends Omit<PeriodFigures, "levels" | "raised" | "red"> {
  /** Mean over the days. */
  readonly levels: Readonly<Record<string, number>>;
  /** Levels in parts of the open accounts, mean over the days. */
  readonly shares: Readonly<Record<string, number>>;
  /** Accounts that were open on some day. */
  readonly everOpen: number;
  readonly minutesByDoer: Readonly<Record<string, number>>;
}

class Count {
  up = 0;
  down = 0;
  humanTouches = 0;
  humanMinutes = 0;
  ownMinutes = 0;
  mails = 0;
  inApp = 0;
  otherMessages = 0;
  dropped = 0;
  readonly flapping = new Set<number>();

  take({ human, minutes, by, channel }: SimulatedTouch): void {
    if (human) {
      this.humanTouches += 1;
      this.humanMinutes += minutes;
      if (by === "owner" || by === "csm") this.ownMinutes += minutes;
    } else if (channel === "email") this.mails += 1;
    else if (channel === "in_app") this.inApp += 1;
    else this.otherMessages += 1;
  }

  figures(): Omit<
    PeriodFigures,
    "from" | "to" | "accounts" | "revenue" | "levels" | "raised" | "red"
  > {
    const { up, down, flapping, ...rest } = this;
    return { movesUp: up, movesDown: down, flapping: flapping.size, ...rest };
  }
}

/** Adds simulated days up, by week or month and over all. */
export class DayTally {
  readonly #model: Model;
  readonly #periods: readonly Period[];
  readonly #figures: PeriodFigures[] = [];
  readonly #flapping = new Flapping();
  readonly #all = new Count();
  readonly #everOpen = new Set<number>();
  readonly #levelDays: number[];
  readonly #shares: number[];
  readonly #minutes = new Map<string, number>();
  #before: Int16Array | undefined;
  #count = new Count();
  #days = 0;

  constructor(model: Model, periods: readonly Period[]) {
    this.#model = model;
    this.#periods = periods;
    this.#levelDays = model.levels.map(() => 0);
    this.#shares = model.levels.map(() => 0);
  }

  add({ day, standings, touches, dropped }: SimulatedDay): void {
    this.#days += 1;
    this.#addMoves(day, standings);
    this.#addLevels(standings);
    for (const touch of touches) this.#addTouch(touch);
    const flapping = this.#flapping.on(day);
    for (const count of [this.#count, this.#all]) {
      count.dropped += dropped;
      for (const account of flapping) count.flapping.add(account);
    }
    const period = this.#periods[this.#figures.length];
    if (period?.to !== day) return;
    this.#figures.push({ ...period, ...this.#atEnd(standings), ...this.#count.figures() });
    this.#count = new Count();
  }

  get periods(): readonly PeriodFigures[] {
    return this.#figures;
  }

  totals(): SimulationTotals {
    const last = this.#figures.at(-1);
    const mean = (sums: readonly number[]): Record<string, number> =>
      this.#byLevel((index) => (sums[index] ?? 0) / Math.max(1, this.#days));
    return {
      from: this.#periods[0]?.from ?? 0,
      to: last?.to ?? 0,
      accounts: last?.accounts ?? 0,
      revenue: last?.revenue ?? 0,
      levels: mean(this.#levelDays),
      shares: mean(this.#shares),
      everOpen: this.#everOpen.size,
      minutesByDoer: Object.fromEntries(this.#minutes),
      ...this.#all.figures(),
    };
  }

  #addTouch(touch: SimulatedTouch): void {
    this.#count.take(touch);
    this.#all.take(touch);
    if (touch.human)
      this.#minutes.set(touch.by, (this.#minutes.get(touch.by) ?? 0) + touch.minutes);
  }

  /** Levels stand highest first, so that a smaller index is a move up. */
  #addMoves(day: Day, { open, level }: Standings): void {
    const before = (this.#before ??= new Int16Array(level.length).fill(-1));
    for (let account = 0; account < level.length; account++) {
      const now = open[account] === 1 ? (level[account] as number) : -1;
      const was = before[account] as number;
      before[account] = now;
      if (open[account] === 1) this.#everOpen.add(account);
      if (now < 0 || was < 0 || now === was) continue;
      const isUp = now < was;
      for (const count of [this.#count, this.#all]) count[isUp ? "up" : "down"] += 1;
      this.#flapping.move(account, day);
    }
  }

  #addLevels({ open, level }: Standings): void {
    const counts = this.#model.levels.map(() => 0);
    let accounts = 0;
    for (let account = 0; account < level.length; account++) {
      if (open[account] !== 1) continue;
      accounts += 1;
      const index = level[account] as number;
      if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
    }
    counts.forEach((count, index) => {
      this.#levelDays[index] = (this.#levelDays[index] ?? 0) + count;
      this.#shares[index] = (this.#shares[index] ?? 0) + (accounts === 0 ? 0 : count / accounts);
    });
  }

  #atEnd({
    open,
    level,
    base,
    band,
    revenue,
  }: Standings): Pick<PeriodFigures, "accounts" | "revenue" | "levels" | "raised" | "red"> {
    const counts = this.#model.levels.map(() => 0);
    let [accounts, worth, raised, red] = [0, 0, 0, 0];
    for (let account = 0; account < level.length; account++) {
      if (open[account] !== 1) continue;
      accounts += 1;
      worth += worthOf(revenue[account]);
      const index = level[account] as number;
      if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
      if (index < (base[account] as number)) raised += 1;
      if (band[account] === 0) red += 1;
    }
    return {
      accounts,
      revenue: worth,
      levels: this.#byLevel((index) => counts[index] ?? 0),
      raised,
      red: this.#model.health ? red : null,
    };
  }

  #byLevel(value: (index: number) => number): Record<string, number> {
    return Object.fromEntries(this.#model.levels.map(({ name }, index) => [name, value(index)]));
  }
}

/** What is unknown weighs nothing. */
export function worthOf(revenue: number | undefined): number {
  return revenue === undefined || Number.isNaN(revenue) ? 0 : revenue;
}
