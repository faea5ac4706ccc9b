/**
 * Where in a model file rules stand; `*` is any key, `#` any item of a list. Needed before
 * anything is parsed into blocks, to tell what YAML made of a rule from what was meant. A test
 * holds this list to the schemas.
 */
export const RULE_PATHS: readonly string[] = [
  "facts.*.where",
  "facts.*.contacts",
  "facts.*.is",
  "health.measures.*.score",
  "health.caps.*.when",
  "lifecycle.start.#.when",
  "lifecycle.stages.*.enter",
  "lifecycle.stages.*.exit.*",
  "segments.*",
  "segments.*.when",
  "segments.*.until",
  "segments.*.one.*",
  "touch.base.#.when",
  "touch.adjust.#.when",
  "touchpoints.*.to",
  "programs.*.when",
  "programs.*.on.where",
  "benchmarks.*.when",
  "benchmarks.*.compare.of",
  "benchmarks.*.compare.with",
  "experiments.*.among",
];

const SPLIT = RULE_PATHS.map((path) => path.split("."));

/** Whether a rule belongs at this path (keys of maps; `#` for an item of a list). */
export function isRulePath(path: readonly string[]): boolean {
  return SPLIT.some(
    (pattern) =>
      pattern.length === path.length &&
      pattern.every((step, i) => step === path[i] || (step === "*" && path[i] !== "#")),
  );
}
