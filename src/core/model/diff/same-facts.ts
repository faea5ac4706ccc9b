import type { RuleType } from "../../rules/types.ts";
import type { EventAggregate, FactDef, FactSource, Model } from "../types.ts";
import { AS_WRITTEN, canonicalRule, type Naming } from "./canonical-rule.ts";

/**
 * Facts of several models by what they come to: two have the same number when they are worked
 * out alike, down to the traits and events at the bottom, whatever they and those between are
 * called. So a value known for one is good for the other, on the same data and day.
 */
export class FactMeanings {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<Model, Map<string, number>>();

  /** The number of a fact's meaning; undefined where the model has no such fact. */
  of(model: Model, name: string): number | undefined {
    let known = this.#known.get(model);
    if (!known) {
      known = new Map();
      this.#known.set(model, known);
      // each stands after all it is made of; those over health's past come after what health reads
      const inOrder = model.facts.toSorted((a, b) => Number(a.late) - Number(b.late));
      for (const fact of inOrder) known.set(fact.name, this.#number(meaning(fact, model, this)));
    }
    return known.get(name);
  }

  #number(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

/**
 * Whether two facts, each of its model, come to the same value for every account on every day.
 * Their names, units and the names of what they are made of are no part of it.
 */
export function sameFactDefinition(
  a: FactDef,
  b: FactDef,
  modelOfA: Model,
  modelOfB: Model,
  meanings = new FactMeanings(),
): boolean {
  return meanings.of(modelOfA, a.name) === meanings.of(modelOfB, b.name);
}

function meaning(fact: FactDef, model: Model, meanings: FactMeanings): string {
  const parts = [
    model.workspace.timezone,
    typeText(fact.type),
    sourceText(fact.source, model, meanings),
  ];
  return parts.join("|");
}

export function typeText(type: RuleType): string {
  return type.kind === "string" && type.values
    ? `string of ${JSON.stringify([...type.values].toSorted())}`
    : type.kind;
}

function sourceText(source: FactSource, model: Model, meanings: FactMeanings): string {
  const naming = factNaming(model, meanings);
  switch (source.kind) {
    case "trait":
      return `trait ${source.trait} ?? ${JSON.stringify(source.default ?? null)}`;
    case "event":
      return `event ${aggregateText(source.aggregate, naming)}`;
    case "contacts":
      return `contacts ${source.where ? canonicalRule(source.where.expr, naming) : ""}`;
    case "said":
      return `said ${source.trait} ${source.where ? canonicalRule(source.where.expr, naming) : ""}`;
    case "ratio":
    case "change":
      return `${source.kind} ${source.over} ${pastOf(source.of, model, meanings)}`;
    case "is":
      return `is ${canonicalRule(source.rule.expr, naming)}`;
  }
}

export function aggregateText(
  { kind, pattern, property, where, over }: EventAggregate,
  naming: Naming,
): string {
  const rule = where ? canonicalRule(where.expr, naming) : "";
  return JSON.stringify([kind, pattern, property ?? null, over ?? null, rule]);
}

/** Facts by the number of their meaning, contacts' traits with their type. */
function factNaming(model: Model, meanings: FactMeanings): Naming {
  return {
    ...AS_WRITTEN,
    name(name) {
      const number = meanings.of(model, name);
      if (number !== undefined) return `#${number}`;
      if (!name.startsWith("contact.")) return name;
      const trait = model.contactTraits.find((one) => `contact.${one.name}` === name);
      return trait ? `contact.${trait.trait}:${typeText(trait.type)}` : name;
    },
  };
}

function pastOf(of: string, model: Model, meanings: FactMeanings): string {
  const number = meanings.of(model, of);
  if (number !== undefined) return `#${number}`;
  return of === "health" ? healthText(model, meanings) : of;
}

/** How health is worked out: in the file's order, for sums of fractions depend on it. */
function healthText(model: Model, meanings: FactMeanings): string {
  const naming = factNaming(model, meanings);
  const { health } = model;
  if (!health) return "no health";
  return JSON.stringify([
    health.measures.map(({ score, weight }) => [canonicalRule(score.expr, naming), weight]),
    health.caps.map(({ when, atMost }) => [canonicalRule(when.expr, naming), atMost]),
    health.minCoverage,
  ]);
}
