import { mondayOf } from "../../core/allocate/hours.ts";
import type { Channel } from "../../core/model/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { BookTouch } from "../ports.ts";
import type { WeekMessages } from "./types.ts";

/** How many weeks ahead a plan looks. */
export const WEEKS = 8;

interface Counts {
  readonly week: Day;
  readonly channel: Channel;
  before: number;
  after: number;
}

/** Automated messages by week and channel. What is overdue goes out in this week. */
export class MessageCounts {
  readonly #first: Day;
  readonly #today: Day;
  readonly #counts = new Map<Day, Map<Channel, Counts>>();
  /** Of the first days, after: what goes out at once when the model goes live. */
  readonly #soon = { before: 0, after: 0 };

  constructor(today: Day) {
    this.#today = today;
    this.#first = mondayOf(today);
  }

  add(side: "before" | "after", touches: readonly BookTouch[]): void {
    for (const { human, due, channel } of touches) {
      if (human) continue;
      const day = Math.max(due, this.#today);
      if (day < this.#today + SOON) this.#soon[side] += 1;
      const week = mondayOf(day);
      if (week >= this.#first + WEEKS * 7) continue;
      let ofWeek = this.#counts.get(week);
      if (!ofWeek) this.#counts.set(week, (ofWeek = new Map<Channel, Counts>()));
      let counts = ofWeek.get(channel);
      if (!counts) ofWeek.set(channel, (counts = { week, channel, before: 0, after: 0 }));
      counts[side] += 1;
    }
  }

  /** Messages of the first days. */
  get soon(): { readonly before: number; readonly after: number } {
    return this.#soon;
  }

  result(): WeekMessages[] {
    return [...this.#counts.values()]
      .flatMap((ofWeek) => [...ofWeek.values()])
      .toSorted((a, b) => a.week - b.week || (a.channel < b.channel ? -1 : 1));
  }
}

/** Days in which a flood would be felt. */
export const SOON = 3;
