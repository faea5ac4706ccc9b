import type { Day } from "../time/day.ts";
import { mattersMore } from "./fit.ts";
import { minutesOn, WEEK } from "./hours.ts";
import { type Minutes, Supply } from "./supply.ts";
import type { Frame, Member, PlannedWork } from "./types.ts";

/** A touch that could be done on another day on which its doer has room. */
export interface Move {
  readonly work: PlannedWork;
  readonly to: Day;
}

/** A day on which somebody has more to do than there are hours. */
export interface BusyDay {
  readonly doer: string;
  readonly day: Day;
  readonly minutes: number;
  readonly capacity: number;
  readonly touches: number;
  /** What could move, and to which day with room; nothing moves by itself. */
  readonly moves: readonly Move[];
  /** Minutes over the day's hours once all of that has moved. */
  readonly left: number;
}

/**
 * The days that are furthest over their hours, the worst first. Overdue touches count today.
 * @param only a doer: days of others are left out
 */
export function busiestDays(
  work: readonly PlannedWork[],
  team: readonly Member[],
  frame: Frame,
  most: number,
  only?: string,
): BusyDay[] {
  const days = new WorkDays(work, team, frame);
  return days
    .over()
    .filter(({ doer }) => only === undefined || doer === only)
    .slice(0, most)
    .map((busy) => days.relieve(busy));
}

type Over = Omit<BusyDay, "moves" | "left">;

class WorkDays {
  readonly #frame: Frame;
  readonly #first: Day;
  readonly #capacity: ReadonlyMap<string, Minutes>;
  readonly #minutes = new Map<string, number[]>();
  readonly #work = new Map<string, Map<number, PlannedWork[]>>();

  constructor(work: readonly PlannedWork[], team: readonly Member[], frame: Frame) {
    this.#frame = frame;
    this.#first = Math.max(frame.today, frame.weeks[0] ?? frame.today);
    const slots = (frame.weeks.at(-1) ?? this.#first) + WEEK - this.#first;
    for (const one of work) {
      const slot = Math.max(0, one.due - this.#first);
      if (slot < slots) this.#add(one, slot, slots);
    }
    this.#capacity = new Supply(team).of(this.#minutes, slots, (member, slot) =>
      minutesOn(member, this.#first + slot, frame.calendar),
    );
  }

  #add(work: PlannedWork, slot: number, slots: number): void {
    let minutes = this.#minutes.get(work.doer);
    if (!minutes) this.#minutes.set(work.doer, (minutes = Array.from({ length: slots }, () => 0)));
    minutes[slot] = (minutes[slot] ?? 0) + work.minutes;
    let days = this.#work.get(work.doer);
    if (!days) this.#work.set(work.doer, (days = new Map<number, PlannedWork[]>()));
    const planned = days.get(slot);
    if (planned) planned.push(work);
    else days.set(slot, [work]);
  }

  over(): Over[] {
    const found: Over[] = [];
    for (const [doer, minutes] of this.#minutes) {
      for (const [slot, planned] of minutes.entries()) {
        const capacity = this.#capacity.get(doer)?.[slot] ?? null;
        if (capacity === null || planned <= capacity) continue;
        const touches = this.#work.get(doer)?.get(slot)?.length ?? 0;
        found.push({ doer, day: this.#first + slot, minutes: planned, capacity, touches });
      }
    }
    return found.toSorted(
      (a, b) =>
        b.minutes - b.capacity - (a.minutes - a.capacity) ||
        a.day - b.day ||
        (a.doer < b.doer ? -1 : 1),
    );
  }

  /** Moves, in thought, what matters least until the rest has room. */
  relieve(busy: Over): BusyDay {
    const { doer, day, capacity } = busy;
    const moves: Move[] = [];
    let left = busy.minutes - capacity;
    const planned = this.#work.get(doer)?.get(day - this.#first) ?? [];
    for (const work of planned.toSorted((a, b) => mattersMore(b, a))) {
      if (left <= 0) break;
      const to = this.#roomFor(work, day);
      if (to === undefined) continue;
      moves.push({ work, to });
      left -= work.minutes;
      this.#take(doer, to, work.minutes);
      this.#take(doer, day, -work.minutes);
    }
    return { ...busy, moves, left: Math.max(0, left) };
  }

  /** The nearest working day with room, a later one before an earlier one. */
  #roomFor(work: PlannedWork, day: Day): Day | undefined {
    if (work.must || work.due !== day) return undefined;
    const furthest = Math.max(work.latest - day, day - work.earliest);
    for (let away = 1; away <= furthest; away++) {
      for (const to of [day + away, day - away]) {
        if (to <= work.latest && to >= work.earliest && this.#hasRoom(work, to)) return to;
      }
    }
    return undefined;
  }

  #hasRoom({ doer, minutes }: PlannedWork, day: Day): boolean {
    const slot = day - this.#first;
    const capacity = this.#capacity.get(doer)?.[slot] ?? 0;
    return (
      slot >= 0 &&
      this.#frame.calendar.isWorkingDay(day) &&
      (this.#minutes.get(doer)?.[slot] ?? 0) + minutes <= capacity
    );
  }

  #take(doer: string, day: Day, minutes: number): void {
    const planned = this.#minutes.get(doer);
    const slot = day - this.#first;
    if (planned) planned[slot] = (planned[slot] ?? 0) + minutes;
  }
}
