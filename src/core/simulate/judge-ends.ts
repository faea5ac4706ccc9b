import type { Model } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { worthOf } from "./tally-days.ts";
import type { Standings } from "./types.ts";

/** So many days before an account's end it is asked whether anybody had noticed. */
export const HORIZONS = [30, 60, 90] as const;

/** A count of accounts, and what they pay. */
export interface Weighed {
  readonly accounts: number;
  readonly revenue: number;
}

/** How well one way of picking accounts foretold the ends. */
export interface Foresight {
  /** Ended accounts that it had picked so many days before; expected ones are no whole number. */
  readonly caught: Weighed;
  /** caught / seen; null where none was seen. */
  readonly recall: number | null;
  readonly recallOfRevenue: number | null;
  /** Of what it picked, day by day, the part that ended within so many days; null: it picked none. */
  readonly precision: number | null;
  readonly precisionOfRevenue: number | null;
}

export interface HorizonFindings {
  /** Days before the end. */
  readonly days: number;
  /** Ended accounts that were open so many days before, within the simulated days. */
  readonly seen: Weighed;
  /** Ended accounts that were not: they are left out of the rest. */
  readonly seenTooShort: number;
  /** Accounts a day that the model had raised or in red, mean of the days judged. */
  readonly picked: number;
  /** The part of the open accounts that ended within so many days, mean of the days judged. */
  readonly endRate: number | null;
  readonly model: Foresight;
  /** Of the caught ones: at a raised level; in red. Some are both. */
  readonly raised: number;
  readonly red: number;
  /** Each day the same number of accounts, those that pay most. */
  readonly byRevenue: Foresight;
  /** Each day the same number drawn by lot, which costs the same hours; its expected value. */
  readonly byLot: Foresight;
}

export interface EndFindings {
  /** Accounts that ended so within the simulated days, after having been open in them. */
  readonly ended: Weighed;
  /** Accounts that were raised or in red on some day. */
  readonly alarmed: Weighed;
  /** Those of them that did not end so afterwards, up to the last day. */
  readonly falseAlarms: Weighed;
  readonly horizons: readonly HorizonFindings[];
}

class Sum {
  accounts = 0;
  revenue = 0;

  add(share: number, revenue: number): void {
    this.accounts += share;
    this.revenue += share * revenue;
  }

  get weighed(): Weighed {
    return { accounts: this.accounts, revenue: this.revenue };
  }
}

/** Sums of one way of picking: what it caught, what it picked over the days, and what of that was right. */
class Picking {
  readonly caught = new Sum();
  readonly picked = new Sum();
  readonly right = new Sum();

  foresight(seen: Sum): Foresight {
    return {
      caught: this.caught.weighed,
      recall: ratio(this.caught.accounts, seen.accounts),
      recallOfRevenue: ratio(this.caught.revenue, seen.revenue),
      precision: ratio(this.right.accounts, this.picked.accounts),
      precisionOfRevenue: ratio(this.right.revenue, this.picked.revenue),
    };
  }
}

class Horizon {
  readonly days: number;
  readonly seen = new Sum();
  readonly model = new Picking();
  readonly byRevenue = new Picking();
  readonly byLot = new Picking();
  raised = 0;
  red = 0;
  judged = 0;
  endShare = 0;

  constructor(days: number) {
    this.days = days;
  }
}

/** What a day's standings say to the judge. */
interface Picks {
  readonly open: number;
  readonly raised: Uint8Array;
  readonly red: Uint8Array;
  readonly count: number;
  readonly top: ReadonlySet<number>;
}

/**
 * Looks back from the accounts' ends: had the model raised them, or seen red, in time, and how
 * often did it cry wolf? Beside it stand two ways of picking as many accounts that need no
 * model: those that pay most, and a draw by lot. Only the judge knows the ends; the days were
 * decided without them.
 */
export class EndJudge {
  readonly #model: Model;
  readonly #ends: readonly (readonly Day[])[];
  readonly #to: Day;
  readonly #horizons = HORIZONS.map((days) => new Horizon(days));
  /** By account: the first day on which it was picked, and what it paid then. */
  readonly #alarms = new Map<number, { readonly day: Day; readonly revenue: number }>();
  /** By account: what it paid when it was last seen open before its end. */
  readonly #lastSeen = new Map<number, number>();
  readonly #firstEnd: readonly (Day | undefined)[];
  #order: number[];

  /** @param ends by the accounts' places; in order */
  constructor(model: Model, ends: readonly (readonly Day[])[], from: Day, to: Day) {
    this.#model = model;
    this.#ends = ends;
    this.#to = to;
    this.#firstEnd = ends.map((days) => days.find((day) => day > from && day <= to));
    this.#order = ends.map((_, place) => place);
  }

  add(day: Day, standings: Standings): void {
    const picks = this.#pick(standings);
    this.#notice(day, standings, picks);
    for (const horizon of this.#horizons) {
      this.#recall(horizon, day, standings, picks);
      if (day + horizon.days <= this.#to) this.#precision(horizon, day, standings, picks);
    }
  }

  findings(): EndFindings {
    const ended = new Sum();
    for (const revenue of this.#lastSeen.values()) ended.add(1, revenue);
    const alarmed = new Sum();
    const falseAlarms = new Sum();
    for (const [account, { day, revenue }] of this.#alarms) {
      alarmed.add(1, revenue);
      if (!this.#endsWithin(account, day, this.#to - day)) falseAlarms.add(1, revenue);
    }
    return {
      ended: ended.weighed,
      alarmed: alarmed.weighed,
      falseAlarms: falseAlarms.weighed,
      horizons: this.#horizons.map((one): HorizonFindings => ({
        days: one.days,
        seen: one.seen.weighed,
        seenTooShort: ended.accounts - one.seen.accounts,
        picked: one.judged === 0 ? 0 : one.model.picked.accounts / one.judged,
        endRate: one.judged === 0 ? null : one.endShare / one.judged,
        model: one.model.foresight(one.seen),
        raised: one.raised,
        red: one.red,
        byRevenue: one.byRevenue.foresight(one.seen),
        byLot: one.byLot.foresight(one.seen),
      })),
    };
  }

  #pick({ open, level, base, band, revenue }: Standings): Picks {
    const size = open.length;
    const raised = new Uint8Array(size);
    const red = new Uint8Array(size);
    let [openCount, count] = [0, 0];
    for (let account = 0; account < size; account++) {
      if (open[account] !== 1) continue;
      openCount += 1;
      raised[account] = (level[account] as number) < (base[account] as number) ? 1 : 0;
      red[account] = this.#model.health && band[account] === 0 ? 1 : 0;
      if (raised[account] === 1 || red[account] === 1) count += 1;
    }
    // from day to day little changes, so that an order that is nearly right is soon right
    const worth = (account: number): number =>
      open[account] === 1 ? worthOf(revenue[account]) : -1;
    this.#order.sort((a, b) => worth(b) - worth(a) || a - b);
    return { open: openCount, raised, red, count, top: new Set(this.#order.slice(0, count)) };
  }

  #notice(day: Day, { open, revenue }: Standings, { raised, red }: Picks): void {
    for (let account = 0; account < open.length; account++) {
      if (open[account] !== 1) continue;
      const end = this.#firstEnd[account];
      if (end !== undefined && day < end) this.#lastSeen.set(account, worthOf(revenue[account]));
      const isPicked = raised[account] === 1 || red[account] === 1;
      if (isPicked && !this.#alarms.has(account))
        this.#alarms.set(account, { day, revenue: worthOf(revenue[account]) });
    }
  }

  /** Accounts whose end is exactly so many days away. */
  #recall(horizon: Horizon, day: Day, { open, revenue }: Standings, picks: Picks): void {
    this.#firstEnd.forEach((end, account) => {
      if (end === undefined || end - horizon.days !== day || open[account] !== 1) return;
      const worth = worthOf(revenue[account]);
      horizon.seen.add(1, worth);
      const [isRaised, isRed] = [picks.raised[account] === 1, picks.red[account] === 1];
      if (isRaised || isRed) horizon.model.caught.add(1, worth);
      if (isRaised) horizon.raised += 1;
      if (isRed) horizon.red += 1;
      if (picks.top.has(account)) horizon.byRevenue.caught.add(1, worth);
      horizon.byLot.caught.add(picks.count / picks.open, worth);
    });
  }

  /** All that is picked on a day of which it is known how it went on. */
  #precision(horizon: Horizon, day: Day, { open, revenue }: Standings, picks: Picks): void {
    if (picks.open === 0) return;
    const byLot = picks.count / picks.open;
    let ending = 0;
    for (let account = 0; account < open.length; account++) {
      if (open[account] !== 1) continue;
      const worth = worthOf(revenue[account]);
      const ends = this.#endsWithin(account, day, horizon.days);
      if (ends) ending += 1;
      const isPicked = picks.raised[account] === 1 || picks.red[account] === 1;
      if (isPicked) note(horizon.model, 1, worth, ends);
      if (picks.top.has(account)) note(horizon.byRevenue, 1, worth, ends);
      note(horizon.byLot, byLot, worth, ends);
    }
    horizon.judged += 1;
    horizon.endShare += ending / picks.open;
  }

  #endsWithin(account: number, day: Day, days: number): boolean {
    return (this.#ends[account] ?? []).some((end) => end > day && end <= day + days);
  }
}

function note({ picked, right }: Picking, share: number, worth: number, ends: boolean): void {
  picked.add(share, worth);
  if (ends) right.add(share, worth);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
