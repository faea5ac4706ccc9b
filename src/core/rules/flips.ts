import type { Env, Rule, Scalar } from "./types.ts";

/**
 * The values of each name at which the rule can change its answer: what "what would have to be
 * different?" tries. A comparison is solved for each name it reads with the other names as in
 * `env`; without `env` only comparisons of a name with constants are solved.
 */
export function candidateValues(rule: Rule, env?: Env): ReadonlyMap<string, readonly Scalar[]> {
  void [rule, env];
  throw new Error("being written");
}
