import { type Day, formatDay } from "../../core/time/day.ts";
import type { ModelPlan, PlannedHours } from "./types.ts";

/** Over this part of its hours a week cannot hold what is planned. */
const OVER = 1.1;
/** More than this on top of what is over already is worse. */
const WORSE = 0.005;
/** Minutes over; less is not worth a word. */
const LEAST = 60;
const WEEKS_NAMED = 3;

interface Load {
  readonly week: Day;
  readonly minutes: number;
  readonly capacity: number | null;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly isRole: boolean;
  readonly weeks: readonly Load[];
}

interface Peak {
  readonly week: Day;
  readonly name: string;
  readonly isRole: boolean;
  readonly minutes: number;
  readonly capacity: number;
}

/**
 * Weeks that hold far more than their hours for somebody whose weeks together have enough, in one
 * sentence; null: none, or none that is worse than by the live model.
 */
export function tellSingleWeeks(hours: ModelPlan["hours"], isFirst: boolean): string | null {
  const earlier = new Map(rowsOf(hours.before).map((row) => [row.key, row.weeks]));
  const rows = rowsOf(hours.after);
  const peaks = rows.flatMap((row) => peaksOf(row, isFirst ? [] : (earlier.get(row.key) ?? [])));
  const weeks = [...new Set(peaks.map(({ week }) => week))]
    .map((week) => peaks.filter((peak) => peak.week === week).toSorted(furthestFirst))
    .toSorted((a, b) => excess(b) - excess(a));
  const [worst] = weeks;
  if (!worst) return null;
  const all = rows[0]?.weeks.length ?? 0;
  const though = `though the ${all} weeks together have enough`;
  if (weeks.length === 1)
    return `The week of ${dayOf(worst)} would hold far more than its hours, ${though}: ${tellWeek(worst)}.`;
  const named = weeks.slice(0, WEEKS_NAMED).map((week) => `${dayOf(week)} (${tellWeek(week)})`);
  if (weeks.length > named.length) named.push(`${weeks.length - named.length} more`);
  return `${weeks.length} weeks would each hold far more than their hours, ${though}: ${named.slice(0, -1).join(", ")} and ${named.at(-1)}.`;
}

/** By role, and by each who does touches: only where hours are known. */
function rowsOf({ roles, doers }: PlannedHours): Row[] {
  return [
    ...roles.map(({ role, weeks }) => ({
      key: `roles.${role}`,
      name: `all ${role}`,
      isRole: true,
      weeks,
    })),
    ...doers
      .filter(({ kind }) => kind !== "role")
      .map(({ doer, name, weeks }) => ({ key: doer, name, isRole: false, weeks })),
  ];
}

/** None where the weeks together are too much as well: that is told of already. */
function peaksOf({ name, isRole, weeks }: Row, earlier: readonly Load[]): Peak[] {
  if (share(total(weeks)) > OVER) return [];
  const was = new Map(earlier.map((load) => [load.week, share(load)]));
  return weeks.flatMap((load): Peak[] => {
    const { week, minutes, capacity } = load;
    if (capacity === null || minutes - capacity < LEAST) return [];
    const [now, before] = [share(load), was.get(week) ?? 0];
    const isWorse = before <= OVER || now > before + WORSE;
    return now > OVER && isWorse ? [{ week, name, isRole, minutes, capacity }] : [];
  });
}

function total(weeks: readonly Load[]): Omit<Load, "week"> {
  const known = weeks.flatMap(({ capacity }) => capacity ?? []);
  return {
    minutes: weeks.reduce((sum, { minutes }) => sum + minutes, 0),
    capacity: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
  };
}

function share({ minutes, capacity }: Omit<Load, "week">): number {
  if (capacity === null || minutes === 0) return 0;
  return capacity === 0 ? Number.POSITIVE_INFINITY : minutes / capacity;
}

/** `all csm 695 of 318 hours, Tessa Rowe 85 of 32 and 9 others` */
function tellWeek(peaks: readonly Peak[]): string {
  const roles = peaks.filter(({ isRole }) => isRole);
  const people = peaks.filter(({ isRole }) => !isRole);
  const named = [...roles, ...people.slice(0, 1)].map(
    ({ name, minutes, capacity }, index) =>
      `${name} ${hours(minutes)} of ${hours(capacity)}${index === 0 ? " hours" : ""}`,
  );
  const others = people.length - 1;
  const rest = others > 0 ? ` and ${others} ${others === 1 ? "other" : "others"}` : "";
  return named.join(", ") + rest;
}

function dayOf(peaks: readonly Peak[]): string {
  return formatDay(peaks[0]?.week ?? 0);
}

function excess(peaks: readonly Peak[]): number {
  return peaks.reduce((sum, { minutes, capacity }) => sum + minutes - capacity, 0);
}

function furthestFirst(a: Peak, b: Peak): number {
  return b.minutes - b.capacity - (a.minutes - a.capacity);
}

function hours(minutes: number): string {
  return Math.round(minutes / 60).toLocaleString("en-US");
}
