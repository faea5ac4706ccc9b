import { parseRule } from "../parse-rule.ts";
import type { Env, Rule, RuleKind, RuleType, Scope, Value } from "../types.ts";
import { DAY_MS, parseDay } from "../../time/day.ts";

/** Names that the tests' rules are about. */
export const SAMPLE_TYPES: ReadonlyMap<string, RuleType> = new Map<string, RuleType>([
  ["arr", { kind: "number" }],
  ["seats", { kind: "number" }],
  ["users", { kind: "number" }],
  ["plan", { kind: "string", values: ["free", "starter", "pro", "enterprise"] }],
  ["region", { kind: "string" }],
  ["city", { kind: "string" }],
  ["champion", { kind: "boolean" }],
  ["sponsor", { kind: "boolean" }],
  ["renewal_date", { kind: "date" }],
  ["signed_on", { kind: "date" }],
  ["last_login", { kind: "time" }],
  ["kickoff_held", { kind: "time" }],
  ["today", { kind: "date" }],
  ["segments.value", { kind: "string", values: ["strategic", "core", "small"] }],
  ["segments.power_user", { kind: "boolean" }],
  ["properties.score", { kind: "any" }],
  ["properties.feature.name", { kind: "any" }],
]);

export function scopeOf(
  types: ReadonlyMap<string, RuleType>,
  later: readonly string[] = [],
): Scope {
  return {
    lookup: (name) => {
      const type = types.get(name);
      if (type) return { found: type };
      return later.includes(name) ? { laterBlock: "touch" } : undefined;
    },
    names: () => [...types.keys()],
  };
}

export const SAMPLE_SCOPE: Scope = scopeOf(SAMPLE_TYPES, ["level"]);

const ALL_KINDS: readonly RuleKind[] = ["number", "string", "boolean", "date", "time", "any"];

export function ruleOf(text: string, scope: Scope = SAMPLE_SCOPE): Rule {
  const { rule, problems } = parseRule(text, scope, ALL_KINDS);
  if (!rule) throw new Error(`${text}: ${problems.map(({ message }) => message).join(" ")}`);
  return rule;
}

/** Sunday 1 March 2026. */
export const TODAY = parseDay("2026-03-01") ?? 0;

/** Kuala Lumpur, eight hours ahead all year. */
export function localDay(at: number): number {
  return Math.floor((at + 8 * 3_600_000) / DAY_MS);
}

export function envOf(values: Readonly<Record<string, Value>>): Env {
  const known = new Map(Object.entries(values));
  return { get: (name) => known.get(name) ?? null, today: TODAY, localDay };
}
