import { asksContact } from "../../core/decide/index.ts";
import type { Model } from "../../core/model/index.ts";
import type { Rule } from "../../core/rules/types.ts";

/** All rules that say what becomes of an account, facts left aside. */
export function decidingRules(model: Model): readonly Rule[] {
  const { health, lifecycle, segments, touch, programs, experiments } = model;
  const rules: (Rule | undefined)[] = [
    ...(health?.measures ?? []).map(({ score }) => score),
    ...(health?.caps ?? []).map(({ when }) => when),
    ...(lifecycle?.start ?? []).map(({ when }) => when),
    ...(lifecycle?.stages ?? []).flatMap(({ enter, exit }) => [
      enter,
      ...exit.map(({ rule }) => rule),
    ]),
    ...segments.flatMap((segment) =>
      segment.kind === "one"
        ? segment.entries.map(({ rule }) => rule)
        : [segment.when, segment.until],
    ),
    ...(touch?.base ?? []).map(({ when }) => when),
    ...(touch?.adjust ?? []).map(({ when }) => when),
    ...programs.map(({ when }) => when),
    ...experiments.map(({ among }) => among),
    ...contactRules(model),
  ];
  return rules.filter((rule) => rule !== undefined);
}

/** Those that scheduling asks for each contact. */
export function contactRules(model: Model): readonly Rule[] {
  const whens = model.programs
    .filter(({ forContact, when }) => forContact && asksContact(model, when))
    .map(({ when }) => when);
  const receivers = model.touchpoints.map(({ to }) => to);
  return [...whens, ...receivers].filter((rule) => rule !== undefined);
}

/** Facts whose dates steps count back from. */
export function stepDates(model: Model): readonly string[] {
  return model.programs.flatMap(({ steps }) =>
    steps.flatMap(({ timing }) => (timing.kind === "before" ? [timing.date] : [])),
  );
}
