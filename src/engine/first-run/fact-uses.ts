import type { FactDef, Model } from "../../core/model/index.ts";
import type { Rule } from "../../core/rules/types.ts";

/** A part of the model that cannot be told while a fact is missing. */
export interface FactUse {
  readonly block: "health" | "lifecycle" | "segments" | "levels" | "programs";
  readonly name: string;
}

/** Where each fact is asked for, by itself or through facts that are worked out from it. */
export function factUses(model: Model): ReadonlyMap<string, readonly FactUse[]> {
  const uses = new Map<string, Map<string, FactUse>>();
  const madeOf = new Map(model.facts.map((fact) => [fact.name, partsOf(fact)]));
  const add = (name: string, use: FactUse, seen: ReadonlySet<string> = new Set()): void => {
    if (seen.has(name)) return;
    const known = uses.get(name) ?? new Map<string, FactUse>();
    known.set(`${use.block}.${use.name}`, use);
    uses.set(name, known);
    for (const part of madeOf.get(name) ?? []) add(part, use, new Set([...seen, name]));
  };
  for (const { use, rule } of rulesOf(model)) for (const name of rule?.names ?? []) add(name, use);
  for (const { name, steps } of model.programs)
    for (const { timing } of steps)
      if (timing.kind === "before") add(timing.date, { block: "programs", name });
  return new Map([...uses].map(([name, all]) => [name, [...all.values()]]));
}

function partsOf({ source }: FactDef): readonly string[] {
  if (source.kind === "is") return source.rule.names;
  return source.kind === "ratio" || source.kind === "change" ? [source.of] : [];
}

interface RuleUse {
  readonly use: FactUse;
  readonly rule: Rule | undefined;
}

function rulesOf({ health, lifecycle, segments, touch, programs }: Model): readonly RuleUse[] {
  const of = (block: FactUse["block"], name: string, rule: Rule | undefined): RuleUse => ({
    use: { block, name },
    rule,
  });
  return [
    ...(health?.measures ?? []).map(({ name, score }) => of("health", name, score)),
    ...(health?.caps ?? []).map(({ name, when }) => of("health", name, when)),
    ...(lifecycle?.stages ?? []).flatMap(({ name, enter, exit }) => [
      of("lifecycle", name, enter),
      ...exit.map(({ rule }) => of("lifecycle", name, rule)),
    ]),
    ...segments.flatMap((segment) =>
      segment.kind === "one"
        ? segment.entries.map(({ rule }) => of("segments", segment.name, rule))
        : [of("segments", segment.name, segment.when), of("segments", segment.name, segment.until)],
    ),
    ...(touch?.base ?? []).map(({ when, level }) => of("levels", level, when)),
    ...(touch?.adjust ?? []).map(({ name, when }) => of("levels", name, when)),
    ...programs.map(({ name, when }) => of("programs", name, when)),
  ];
}
