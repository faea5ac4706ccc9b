import type { Model } from "../model/types.ts";
import type { RuleType, Scope } from "../rules/types.ts";

const NUMBER: RuleType = { kind: "number" };
const TEXT: RuleType = { kind: "string" };
const FLAG: RuleType = { kind: "boolean" };

/** Every name that is known of a decided account, for rules that people type to find accounts. */
export function accountScope(model: Model): Scope {
  const types = new Map<string, RuleType>([
    ["today", { kind: "date" }],
    ["account_id", TEXT],
    ["account_name", TEXT],
    ["account_age_days", NUMBER],
    ["days_since_touch", NUMBER],
    ["days_since_human_touch", NUMBER],
    ["health", NUMBER],
    ["health_band", oneOf([...(model.health?.bands.map(({ name }) => name) ?? []), "unknown"])],
    ["stage", oneOf((model.lifecycle?.stages ?? []).map(({ name }) => name))],
    ["days_in_stage", NUMBER],
    ["level", oneOf(model.levels.map(({ name }) => name))],
    ["base_level", oneOf(model.levels.map(({ name }) => name))],
    ["held", FLAG],
    ["days_at_level", NUMBER],
  ]);
  for (const { name, type } of model.facts) types.set(name, type);
  for (const segment of model.segments) {
    types.set(
      `segments.${segment.name}`,
      segment.kind === "one" ? oneOf(segment.entries.map(({ name }) => name)) : FLAG,
    );
  }
  for (const { name, arms } of model.experiments)
    types.set(`experiments.${name}`, oneOf(arms.map((arm) => arm.name)));
  return {
    lookup: (name) => {
      const type = types.get(name);
      return type && { found: type };
    },
    names: () => [...types.keys()],
  };
}

function oneOf(values: readonly string[]): RuleType {
  return { kind: "string", values };
}
