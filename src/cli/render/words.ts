import type { Model } from "../../core/model/index.ts";
import { type Day, isoWeekday } from "../../core/time/day.ts";
import { paint } from "../output.ts";

/** Money as people read it: `$1.2M`, `$480k`, `$900`. */
export function money(model: Model, amount: number | null): string {
  if (amount === null) return "-";
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: model.workspace.currency,
    notation: "compact",
    maximumFractionDigits: amount >= 1_000_000 ? 1 : 0,
  }).format(amount);
}

export function count(n: number): string {
  return n.toLocaleString("en-US");
}

/** `1 account`, `3 accounts`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** Minutes as hours: `1.5 h`. */
export function hours(minutes: number): string {
  return `${(minutes / 60).toFixed(1).replace(/\.0$/, "")} h`;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** `Mon` */
export function weekdayOf(day: Day): string {
  return WEEKDAYS[isoWeekday(day) - 1] ?? "";
}

/** Minutes in whole hours, where there are many: `1,240 hours`. */
export function wholeHours(minutes: number): string {
  return counted(Math.round(minutes / 60), "hour");
}

/** A value in a sentence. */
export function shown(value: string | number | boolean | null): string {
  if (value === null) return "unknown";
  if (typeof value === "number") {
    const isWhole = Number.isInteger(value) || Math.abs(value) >= 1000;
    return isWhole ? count(Math.round(value)) : String(Number(value.toPrecision(4)));
  }
  if (typeof value === "boolean") return value ? "yes" : "no";
  // an instant to the minute is as much as anybody reads
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)
    ? `${value.slice(0, 10)} ${value.slice(11, 16)} UTC`
    : value;
}

/** `arr is 12,000, plan is unknown`. */
export function values(actual: Readonly<Record<string, string | number | boolean | null>>): string {
  return Object.entries(actual)
    .map(([name, value]) => `${name} is ${shown(value)}`)
    .join(", ");
}

/** `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? "")
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** Lines under a heading; nothing at all without lines. */
export function section(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : [paint("bold", title), ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Who does a touch, and for whom: `Ben Okafor for Ana Silva`. */
export function tellDoer(
  { doer, standsInFor }: { readonly doer: string; readonly standsInFor: string | null },
  people: ReadonlyMap<string, string>,
): string {
  const nameOf = (id: string): string => people.get(id) ?? id;
  const who =
    doer === "pool"
      ? "the pool"
      : doer.startsWith("pod:")
        ? `the pod ${doer.slice(4)}`
        : nameOf(doer);
  return standsInFor === null ? who : `${who} for ${nameOf(standsInFor)}`;
}

/** Who does a touch: a person by name; of accounts that nobody owns, the pool. */
export function whoDoes(
  { owner, by }: { readonly owner: string | null; readonly by: string },
  people: ReadonlyMap<string, string>,
): string {
  if (owner !== null) return people.get(owner) ?? owner;
  return by === "owner" || by === "csm" ? "the pool" : by;
}
