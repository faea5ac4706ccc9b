import { minutesOn } from "../../core/allocate/hours.ts";
import { roleOf } from "../../core/allocate/roles.ts";
import type { Day } from "../../core/time/day.ts";
import type { WorkCalendar } from "../../core/time/work-calendar.ts";
import type { TeamRow } from "../ports.ts";

/**
 * The hours that the present team would have had in past weeks: everybody there, nobody new and
 * nobody on leave, because today's leave says nothing of last year. Those who own accounts or
 * work for the pool; sales, support and others have other work.
 */
export class TeamMinutes {
  readonly #members: readonly TeamRow[];
  readonly #calendar: WorkCalendar;

  constructor(team: readonly TeamRow[], today: Day, calendar: WorkCalendar) {
    this.#calendar = calendar;
    this.#members = team.filter(
      (member) =>
        member.hoursPerWeek !== null &&
        (member.endsOn ?? today) >= today &&
        ["csm", "pool"].includes(roleOf(member)),
    );
  }

  get size(): number {
    return this.#members.length;
  }

  /** Both ends included; null: nobody's hours are known. */
  between(from: Day, to: Day): number | null {
    if (this.#members.length === 0) return null;
    let minutes = 0;
    for (let day = from; day <= to; day++) {
      for (const { hoursPerWeek } of this.#members) {
        const always = { hoursPerWeek, startsOn: null, endsOn: null, leave: [] };
        minutes += minutesOn(always, day, this.#calendar) ?? 0;
      }
    }
    return minutes;
  }
}
