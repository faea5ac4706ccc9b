import { parseRule } from "../../../src/core/rules/parse-rule.ts";
import type { RuleProblem, RuleType, Scope } from "../../../src/core/rules/types.ts";

/** A name that rules may use: what it is, and the values it can have. */
export interface RuleName {
  readonly name: string;
  readonly type: "number" | "string" | "boolean" | "date" | "time";
  readonly values: readonly string[] | null;
  /** In words, for completion. */
  readonly about: string | null;
}

export function scopeOf(names: readonly RuleName[]): Scope {
  const types = new Map<string, RuleType>([["today", { kind: "date" }]]);
  for (const { name, type, values } of names)
    types.set(name, type === "string" && values ? { kind: type, values } : { kind: type });
  return {
    lookup: (name) => {
      const type = types.get(name);
      return type && { found: type };
    },
    names: () => [...types.keys()],
  };
}

/** What is wrong with a rule; nothing: it can be asked. Empty text is no rule and fine. */
export function problemsIn(text: string, names: readonly RuleName[]): readonly RuleProblem[] {
  if (text.trim() === "") return [];
  return parseRule(text, scopeOf(names), "boolean").problems;
}
