import type { LiveModel } from "../live-model.ts";

/**
 * Whether what a decision makes happen (a segment entered, a touch cancelled) is a fact of the
 * same model: then one look at the columns does not tell all, and an account has to be evaluated.
 */
export function mayEcho({ model, evaluator }: LiveModel): boolean {
  const { plan } = evaluator.compiled;
  const stages = (model.lifecycle?.stages ?? []).map(({ name }) => `stage:${name}`);
  const levels = model.levels.map(({ name }) => `level:${name}`);
  const segments = model.segments.flatMap((segment) =>
    segment.kind === "one"
      ? segment.entries.map(({ name }) => `segment:${segment.name}.${name}`)
      : [`segment:${segment.name}`],
  );
  const moves = [...stages, ...levels, ...segments].flatMap((name) => [
    `${name}:entered`,
    `${name}:left`,
  ]);
  const bands = [...(model.health?.bands ?? []).map(({ name }) => name), "unknown"];
  const touches = model.touchpoints.flatMap(({ name }) =>
    ["cancelled", "missed", "dropped"].map((what) => `touch:${name}:${what}`),
  );
  return [...moves, ...bands.map((name) => `health:${name}:entered`), ...touches].some(
    (name) => plan.sourcesFor(name, true).length > 0,
  );
}
