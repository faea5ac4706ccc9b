import { isEngineName } from "../../core/facts/index.ts";
import type { Model } from "../../core/model/index.ts";
import { nearest } from "../../core/text/nearest.ts";
import type { EngineContext } from "../context.ts";
import { type FactUse, factUses } from "./fact-uses.ts";

/** A trait that the model reads, and what there is of it here. */
export interface NeededTrait {
  readonly fact: string;
  readonly trait: string;
  readonly type: string;
  readonly unit: string | null;
  readonly values: readonly string[];
  /** What stands in where it is missing; null: nothing, it stays unknown. */
  readonly default: string | number | boolean | null;
  readonly uses: readonly FactUse[];
  /** Accounts that have it. */
  readonly accounts: number;
  /** For one that nobody has: a trait here that it may be. */
  readonly meant: string | null;
}
export interface NeededEvent {
  readonly event: string;
  readonly facts: readonly string[];
  readonly uses: readonly FactUse[];
  readonly events: number;
  readonly meant: string | null;
}
export interface TemplateNeeds {
  /** Of all that are here. */
  readonly accounts: number;
  readonly contacts: number;
  readonly traits: readonly NeededTrait[];
  readonly events: readonly NeededEvent[];
  /** Traits and events that are here and that the model does not ask for. */
  readonly spareTraits: readonly string[];
  readonly spareEvents: readonly string[];
}

/** What a model asks of the data, and which of it is here. */
export async function templateNeeds(
  { store }: EngineContext,
  model: Model,
): Promise<TemplateNeeds> {
  const [counts, traitNames, eventNames] = await Promise.all([
    store.accounts.counts(),
    store.accounts.traitNames(),
    store.accounts.eventNames(),
  ]);
  const traits = new Map(traitNames.map(({ trait, accounts }) => [trait, accounts]));
  const events = new Map(eventNames.map(({ name, events: count }) => [name, count]));
  const uses = factUses(model);
  const asked = askedEvents(model);
  const wanted = new Set(
    model.facts.flatMap(({ source }) => (source.kind === "trait" ? [source.trait] : [])),
  );
  const spareTraits = [...traits.keys()].filter((name) => !wanted.has(name));
  const spareEvents = [...events.keys()].filter((name) => !asked.has(name) && !isEngineName(name));
  return {
    accounts: counts.accounts,
    contacts: counts.contacts,
    traits: model.facts.flatMap(({ name, type, unit, source }): NeededTrait[] => {
      if (source.kind !== "trait") return [];
      const accounts = traits.get(source.trait) ?? 0;
      return [
        {
          fact: name,
          trait: source.trait,
          type: type.kind,
          unit: unit ?? null,
          values: type.kind === "string" ? (type.values ?? []) : [],
          default: source.default ?? null,
          uses: uses.get(name) ?? [],
          accounts,
          meant: accounts > 0 ? null : (nearest(source.trait, spareTraits) ?? null),
        },
      ];
    }),
    events: [...asked].map(([event, facts]): NeededEvent => {
      const count = events.get(event) ?? 0;
      return {
        event,
        facts,
        uses: [...new Map(facts.flatMap((fact) => (uses.get(fact) ?? []).map(keyed))).values()],
        events: count,
        meant: count > 0 ? null : (nearest(event, spareEvents) ?? null),
      };
    }),
    spareTraits,
    spareEvents,
  };
}

const keyed = (use: FactUse): [string, FactUse] => [`${use.block}.${use.name}`, use];

/** Events that facts name exactly, the engine's own aside. */
function askedEvents(model: Model): ReadonlyMap<string, string[]> {
  const asked = new Map<string, string[]>();
  for (const { name, source } of model.facts) {
    if (source.kind !== "event" || source.aggregate.pattern.kind !== "exact") continue;
    const event = source.aggregate.pattern.name;
    if (isEngineName(event)) continue;
    asked.set(event, [...(asked.get(event) ?? []), name]);
  }
  return asked;
}
