import { formatDay } from "../../core/time/day.ts";
import type { Model } from "../../core/model/index.ts";
import type { ModelPlan } from "./types.ts";

/** Keys that hold a day. */
const DAYS = new Set(["today", "week", "due", "dueBefore"]);
/** Keys that hold sums of money: of thousands of accounts, and not to a billionth. */
const SUMS = new Set(["revenue", "revenueMoving"]);
/** Keys whose object is a map of somebody's names: facts, not words of ours. */
const MAPS = new Set(["actual"]);

/** A plan as commands and the API show it: snake_case, days as text, the instant in UTC. */
export function planJson({ madeAt, ...plan }: ModelPlan, model: Model): unknown {
  return {
    made_at: new Date(madeAt).toISOString(),
    currency: model.workspace.currency,
    ...(shown(plan) as object),
  };
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => shown(one));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      snake(key),
      inside(key, inner),
    ]),
  );
}

function inside(key: string, value: unknown): unknown {
  if (typeof value === "number" && DAYS.has(key)) return formatDay(value);
  if (typeof value === "number" && SUMS.has(key)) return Math.round(value * 100) / 100;
  return MAPS.has(key) ? value : shown(value);
}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
