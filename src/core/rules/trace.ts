import type { Env, Rule, Trace } from "./types.ts";

/** What a rule comes to, and what each of its parts does: the "why" shown to people. */
export function traceRule(rule: Rule, env: Env): Trace {
  void [rule, env];
  throw new Error("being written");
}
