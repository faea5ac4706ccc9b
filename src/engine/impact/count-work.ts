import { weekOf } from "../../core/allocate/frame.ts";
import { mondayOf, WEEK } from "../../core/allocate/hours.ts";
import { roleLoads } from "../../core/allocate/load.ts";
import type { Frame, Member } from "../../core/allocate/types.ts";
import type { Channel } from "../../core/model/types.ts";
import type { BookTouch } from "../ports.ts";
import type { ModelImpact } from "./types.ts";

/** Minutes of people and messages, week by week: what is open, or the difference that a change makes. */
export class WorkWeeks {
  readonly #frame: Frame;
  readonly #firstMessages: number;
  readonly minutes: number[];
  readonly messages = new Map<Channel, number[]>();

  constructor(frame: Frame) {
    this.#frame = frame;
    this.#firstMessages = mondayOf(frame.today);
    this.minutes = frame.weeks.map(() => 0);
  }

  /** @param sign -1: takes them off */
  addTouches(
    touches: readonly Pick<BookTouch, "human" | "due" | "minutes" | "channel">[],
    sign = 1,
  ): void {
    for (const { human, due, minutes, channel } of touches) {
      const day = Math.max(due, this.#frame.today);
      if (human) add(this.minutes, weekOf(this.#frame, day), sign * minutes);
      else add(this.#of(channel), (mondayOf(day) - this.#firstMessages) / WEEK, sign);
    }
  }

  addWeeks(other: WorkWeeks, weight = 1): void {
    other.minutes.forEach((minutes, week) => {
      add(this.minutes, week, minutes * weight);
    });
    for (const [channel, counts] of other.messages) {
      const own = this.#of(channel);
      counts.forEach((count, week) => {
        add(own, week, count * weight);
      });
    }
  }

  #of(channel: Channel): number[] {
    let counts = this.messages.get(channel);
    if (!counts) this.messages.set(channel, (counts = this.#frame.weeks.map(() => 0)));
    return counts;
  }
}

function add(weeks: number[], week: number, amount: number): void {
  if (week >= 0 && week < weeks.length) weeks[week] = (weeks[week] ?? 0) + amount;
}

/** Before and after side by side, and the hours there are. */
export function sideBySide(
  frame: Frame,
  before: WorkWeeks,
  after: WorkWeeks,
  team: readonly Member[],
): Pick<ModelImpact, "work" | "messages"> {
  const supply = roleLoads([], team, frame);
  const monday = mondayOf(frame.today);
  const channels = [...new Set([...before.messages.keys(), ...after.messages.keys()])].toSorted();
  return {
    work: frame.weeks.map((week, index) => ({
      week,
      before: before.minutes[index] ?? 0,
      // of estimates there are fractions that nobody means
      after: Math.round((after.minutes[index] ?? 0) * 10) / 10,
      has: sum(supply.map(({ weeks }) => weeks[index]?.capacity ?? null)),
    })),
    messages: frame.weeks.flatMap((_, index) =>
      channels
        .map((channel) => ({
          week: monday + index * WEEK,
          channel,
          before: before.messages.get(channel)?.[index] ?? 0,
          after: Math.max(0, Math.round(after.messages.get(channel)?.[index] ?? 0)),
        }))
        .filter((one) => one.before + one.after > 0),
    ),
  };
}

/** null: of nobody is it known. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
