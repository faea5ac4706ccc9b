import { BUILT_INS } from "../model/scopes.ts";
import type { Model } from "../model/types.ts";
import { nearest } from "../text/nearest.ts";
import { ScenarioError } from "./scenario-error.ts";
import type { Expectation } from "./scenario-schema.ts";

/**
 * Every name in an expectation has to be one of the model's, or of those live before it. `facts: { adpotion: unknown }`
 * would hold for ever, and say nothing.
 */
export function checkNames(expected: Expectation, models: readonly Model[]): void {
  const named = (list: (model: Model) => readonly { readonly name: string }[]): string[] =>
    models.flatMap(list).map(({ name }) => name);
  const experiments = named((model) => model.experiments).map((name) => `experiments.${name}`);
  const facts = [...named((model) => model.facts), ...BUILT_INS, ...experiments];
  const touches = [...(expected.touches ?? []), ...(expected.touches_only ?? [])];
  const touchpoints = touches.flatMap(({ touch, touchpoint }) => [touch, touchpoint]);
  ask("fact", [...Object.keys(expected.facts ?? {}), ...(expected.missing ?? [])], facts);
  ask(
    "segment",
    Object.keys(expected.segments ?? {}),
    named((model) => model.segments),
  );
  ask(
    "stage",
    texts([expected.stage]),
    named((model) => model.lifecycle?.stages ?? []),
  );
  ask(
    "level",
    texts([expected.level, expected.base_level]),
    named((model) => model.levels),
  );
  ask(
    "adjustment",
    expected.because ?? [],
    named((model) => model.touch?.adjust ?? []),
  );
  ask(
    "touchpoint",
    texts(touchpoints),
    named((model) => model.touchpoints),
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
