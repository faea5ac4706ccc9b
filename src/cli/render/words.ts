import type { Model } from "../../core/model/index.ts";

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

/** A value in a sentence. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "unknown";
  if (typeof value === "number") return Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4)));
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}
