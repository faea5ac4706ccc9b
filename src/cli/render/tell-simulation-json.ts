import { formatDay } from "../../core/time/day.ts";
import type { ModelSimulation, Simulation } from "../../engine/simulate/simulation.ts";

/** Numbers that are days, by the names of their fields. */
const DAYS: ReadonlySet<string> = new Set([
  "from",
  "to",
  "since",
  "firstDay",
  "lastEvent",
  "decidedFrom",
]);

/** All of a simulation as one document: names in snake_case, days as `2026-03-01`. */
export function simulationJson({ models, ...whole }: Simulation): unknown {
  return {
    ...(asJson(whole) as object),
    models: models.map(({ model, ...rest }: ModelSimulation) => ({
      model: { name: model.name, hash: model.hash },
      ...(asJson(rest) as object),
    })),
  };
}

function asJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof one === "number" && DAYS.has(name) ? formatDay(one) : asJson(one),
    ]),
  );
}
