import type { Env, Rule, Value } from "./types.ts";

/**
 * What a rule comes to for one account, event or contact; null is unknown. Compiled once per
 * rule into closures, so that filtering 410,000 events costs little.
 */
export function evaluateRule(rule: Rule, env: Env): Value {
  void [rule, env];
  throw new Error("being written");
}
