import { type Day, DAY_MS, yearOf } from "../../core/time/day.ts";

/** Values and days as they stand in a sentence that a CSM reads. */

type Plain = string | number | boolean | null;

const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

export function plainValue(value: Plain): string {
  if (value === null) return "unknown";
  if (typeof value === "number") return NUMBER.format(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  // of an instant its day is as much as anybody reads in passing
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? value.slice(0, 10) : value;
}

/** `logins_trend is 0.41, plan is unknown`. */
export function plainValues(actual: Readonly<Record<string, Plain>>): string {
  return Object.entries(actual)
    .map(([name, value]) => `${name} is ${plainValue(value)}`)
    .join(", ");
}

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** `16 Nov`, with the year where it is another one. */
export function plainDay(day: Day, today: Day): string {
  const year = yearOf(day) === yearOf(today) ? "" : ` ${yearOf(day)}`;
  return `${SHORT.format(new Date(day * DAY_MS))}${year}`;
}

/** `2 weeks`, `10 days`, `week`. */
export function plainPeriod(days: number): string {
  const [count, unit] = days % 7 === 0 ? [days / 7, "week"] : [days, "day"];
  return count === 1 ? unit : `${count} ${unit}s`;
}

/** `a, b and c`. */
export function plainList(parts: readonly string[]): string {
  return parts.length < 2
    ? (parts[0] ?? "")
    : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

/** `losing_interest` → `losing interest`. */
export function plainName(name: string): string {
  return name.replaceAll("_", " ");
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
