import { BUILT_INS } from "../model/scopes.ts";
import type { Model } from "../model/types.ts";
import { nearest } from "../text/nearest.ts";
import { ScenarioError } from "./scenario-error.ts";
import type { Expectation } from "./scenario-schema.ts";

/**
 * Every name in an expectation has to be one of the model's. `facts: { adpotion: unknown }`
 * would hold for ever, and say nothing.
 */
export function checkNames(expected: Expectation, model: Model): void {
  const experiments = model.experiments.map(({ name }) => `experiments.${name}`);
  const facts = [...model.facts.map(({ name }) => name), ...BUILT_INS, ...experiments];
  const touchpoints = model.touchpoints.map(({ name }) => name);
  const touches = [...(expected.touches ?? []), ...(expected.touches_only ?? [])];
  ask("fact", Object.keys(expected.facts ?? {}), facts);
  ask("fact", expected.missing ?? [], facts);
  ask(
    "segment",
    Object.keys(expected.segments ?? {}),
    model.segments.map(({ name }) => name),
  );
  ask("stage", texts([expected.stage]), model.lifecycle?.stages.map(({ name }) => name) ?? []);
  ask(
    "level",
    texts([expected.level, expected.base_level]),
    model.levels.map(({ name }) => name),
  );
  ask("adjustment", expected.because ?? [], model.touch?.adjust.map(({ name }) => name) ?? []);
  ask(
    "touchpoint",
    texts(touches.flatMap(({ touch, touchpoint }) => [touch, touchpoint])),
    touchpoints,
  );
}

function texts(values: readonly unknown[]): string[] {
  return values.filter(
    (value): value is string => typeof value === "string" && value !== "unknown",
  );
}

function ask(what: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw new ScenarioError(
      `the model has no ${what} \`${name}\`${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  }
}
