import type { components } from "../../lib/api-types.ts";
import { localDayOf, monday, weeksBetween } from "./days.ts";

/** A touch, with the contact's name where a list gives it. */
export type ShownTouch = components["schemas"]["Touch"] &
  Partial<Pick<components["schemas"]["ListedTouch"], "contact_name" | "doer">>;

/** The day on which a touch stands in a calendar: when it was done, else when it is due. */
export function dayOfTouch({ due, status, done_at }: ShownTouch, timeZone: string): string {
  return status === "done" && done_at !== null ? localDayOf(done_at, timeZone) : due;
}

export type Tone = "done" | "open" | "late" | "gone";

/** What colour says of a touch; its words say it too. */
export function toneOf({ status, due }: ShownTouch, today: string): Tone {
  if (status === "done") return "done";
  if (status === "planned" || status === "due" || status === "deferred" || status === "sending")
    return due < today ? "late" : "open";
  return status === "missed" || status === "failed" || status === "uncertain" ? "late" : "gone";
}

export function byTouchDay(
  touches: readonly ShownTouch[],
  timeZone: string,
): ReadonlyMap<string, ShownTouch[]> {
  const days = new Map<string, ShownTouch[]>();
  for (const touch of touches) {
    const day = dayOfTouch(touch, timeZone);
    const list = days.get(day);
    if (list) list.push(touch);
    else days.set(day, [touch]);
  }
  return days;
}

export interface WeekRow {
  readonly touchpoint: string;
  readonly title: string;
  /** One list a week. */
  readonly weeks: readonly (readonly ShownTouch[])[];
}

/** Touches by what they are, week by week from a Monday on. */
export function weekRows(
  touches: readonly ShownTouch[],
  from: string,
  last: string,
  timeZone: string,
): WeekRow[] {
  const weeks = weeksBetween(monday(from), last).map(([first = from]) => first);
  const rows = new Map<string, { title: string; weeks: ShownTouch[][] }>();
  for (const touch of touches) {
    const place = weeks.indexOf(monday(dayOfTouch(touch, timeZone)));
    if (place < 0) continue;
    const row = rows.get(touch.touchpoint) ?? { title: touch.title, weeks: weeks.map(() => []) };
    row.weeks[place]?.push(touch);
    rows.set(touch.touchpoint, row);
  }
  return [...rows]
    .map(([touchpoint, row]) => ({ touchpoint, ...row }))
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));
}
