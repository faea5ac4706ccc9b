import { type ColumnSpec, columnName } from "../book/book.ts";
import type { EventAggregate, FactDef, Model, TraitDef } from "../model/types.ts";
import type { RuleType } from "../rules/types.ts";
import { matchesPattern } from "./event-match.ts";
import type { FactColumns } from "./types.ts";

/** Built-ins that are known before health; `today` is no column but an argument. */
export const EARLY_BUILT_INS: readonly ColumnSpec[] = [
  { name: "account_id", type: { kind: "string" } },
  { name: "account_name", type: { kind: "string" } },
  { name: "account_age_days", type: { kind: "number" } },
  { name: "days_since_touch", type: { kind: "number" } },
  { name: "days_since_human_touch", type: { kind: "number" } },
];

/** A fact as it was some days ago: one column to fill. */
export interface FactInstance {
  readonly fact: FactDef;
  readonly daysAgo: number;
  readonly column: string;
}

export interface BuiltInInstance {
  readonly name: string;
  readonly daysAgo: number;
  readonly column: string;
}

/** Events counted once for all facts that differ only in their window or in how long ago. */
export interface EventSource {
  readonly aggregate: EventAggregate;
}

/** What has to be worked out for a model's facts, and in which order. */
export interface FactPlan extends FactColumns {
  readonly model: Model;
  readonly sources: readonly EventSource[];
  /** Index into `sources` of each event fact, by fact name. */
  readonly sourceOf: ReadonlyMap<string, number>;
  /** Indexes into `sources` of those an event of this name may count in, `where` not yet asked. */
  sourcesFor(eventName: string, engine: boolean): readonly number[];
  /** Declared types by trait name. */
  readonly traitTypes: ReadonlyMap<string, RuleType>;
  /** Declared traits of contacts, by the name that rules use. */
  readonly contactTraits: ReadonlyMap<string, TraitDef>;
  /** Facts read straight from an account's history. */
  readonly base: readonly FactInstance[];
  readonly builtIns: readonly BuiltInInstance[];
  /** Facts made of other columns (ratio, change, is), each after all it is made of. */
  readonly derived: readonly FactInstance[];
  /** The same, of those that read health's past. */
  readonly late: readonly FactInstance[];
}

/** Which columns a model's facts need: every fact today, and what ratios and changes look back to. */
export function planFacts(model: Model): FactPlan {
  const collector = new Collector(model);
  for (const fact of model.facts) collector.need(fact.name, 0);
  for (const builtIn of EARLY_BUILT_INS) collector.need(builtIn.name, 0);
  for (const daysAgo of collector.healthDaysAgo) {
    for (const name of healthNames(model)) collector.need(name, daysAgo);
  }
  const instances = [...collector.instances.values()];
  const { sources, sourceOf } = shareSources(model);
  return {
    model,
    sources,
    sourceOf,
    sourcesFor: matcher(sources),
    traitTypes: traitTypes(model),
    contactTraits: new Map(model.contactTraits.map((trait) => [trait.name, trait])),
    base: instances.filter(({ fact }) => isBase(fact)),
    derived: instances.filter(({ fact }) => !isBase(fact) && !fact.late),
    late: instances.filter(({ fact }) => !isBase(fact) && fact.late),
    builtIns: [...collector.builtIns.values()],
    healthDaysAgo: [...collector.healthDaysAgo],
    specs: [
      ...instances.map(({ fact, column }) => ({ name: column, type: fact.type })),
      ...[...collector.builtIns.values()].map(({ name, column }) => ({
        name: column,
        type: builtInType(name),
      })),
      ...[...collector.healthDaysAgo].map((daysAgo) => ({
        name: columnName("health", daysAgo),
        type: { kind: "number" } as const,
      })),
    ],
  };
}

/** Which sources an event's name may count in, remembered: names are few, events are many. */
function matcher(sources: readonly EventSource[]): FactPlan["sourcesFor"] {
  const known = new Map<string, readonly number[]>();
  return (name, engine) => {
    const key = `${engine ? "engine" : "tracked"} ${name}`;
    let found = known.get(key);
    if (!found) {
      found = [...sources.keys()].filter((index) => {
        const source = sources[index];
        return source !== undefined && matchesPattern(source.aggregate.pattern, name, engine);
      });
      known.set(key, found);
    }
    return found;
  };
}

function traitTypes(model: Model): Map<string, RuleType> {
  const types = new Map<string, RuleType>();
  for (const { source, type } of model.facts)
    if (source.kind === "trait") types.set(source.trait, type);
  return types;
}

function isBase(fact: FactDef): boolean {
  const { kind } = fact.source;
  return kind !== "ratio" && kind !== "change" && kind !== "is";
}

function builtInType(name: string): RuleType {
  return EARLY_BUILT_INS.find((spec) => spec.name === name)?.type ?? { kind: "number" };
}

function healthNames(model: Model): string[] {
  const rules = [
    ...(model.health?.measures ?? []).map(({ score }) => score),
    ...(model.health?.caps ?? []).map(({ when }) => when),
  ];
  return [...new Set(rules.flatMap((rule) => rule.names))];
}

class Collector {
  readonly instances = new Map<string, FactInstance>();
  readonly builtIns = new Map<string, BuiltInInstance>();
  readonly healthDaysAgo = new Set<number>();
  readonly #facts: ReadonlyMap<string, FactDef>;

  constructor(model: Model) {
    this.#facts = new Map(model.facts.map((fact) => [fact.name, fact]));
  }

  /** Notes that a name is asked for as of some days ago; what it is made of comes before it. */
  need(name: string, daysAgo: number): void {
    const column = columnName(name, daysAgo);
    if (this.instances.has(column) || this.builtIns.has(column)) return;
    const fact = this.#facts.get(name);
    if (fact) {
      this.#needParts(fact, daysAgo);
      this.instances.set(column, { fact, daysAgo, column });
    } else if (name === "health") {
      if (daysAgo > 0) this.healthDaysAgo.add(daysAgo);
    } else if (EARLY_BUILT_INS.some((spec) => spec.name === name)) {
      this.builtIns.set(column, { name, daysAgo, column });
    }
  }

  #needParts({ source }: FactDef, daysAgo: number): void {
    if (source.kind === "is") {
      for (const part of source.rule.names) this.need(part, daysAgo);
    } else if (source.kind === "ratio" || source.kind === "change") {
      this.need(source.of, daysAgo);
      this.need(source.of, daysAgo + source.over);
    }
  }
}

function shareSources(model: Model): Pick<FactPlan, "sources" | "sourceOf"> {
  const sources: EventSource[] = [];
  const byKey = new Map<string, number>();
  const sourceOf = new Map<string, number>();
  for (const fact of model.facts) {
    if (fact.source.kind !== "event") continue;
    const { kind, pattern, property, where } = fact.source.aggregate;
    const key = JSON.stringify([kind, pattern, property ?? null, where?.text ?? null]);
    let index = byKey.get(key);
    if (index === undefined) {
      index = sources.push({ aggregate: fact.source.aggregate }) - 1;
      byKey.set(key, index);
    }
    sourceOf.set(fact.name, index);
  }
  return { sources, sourceOf };
}
