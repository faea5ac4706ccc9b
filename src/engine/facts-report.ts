import { decisionEnv } from "../core/explain/index.ts";
import { isEngineName, showTyped } from "../core/facts/index.ts";
import type { EventPattern, FactDef } from "../core/model/index.ts";
import { nearest } from "../core/rules/index.ts";
import type { Value } from "../core/rules/types.ts";
import { formatDay } from "../core/time/day.ts";
import { assertNever } from "../core/text/assert-never.ts";
import type { EngineContext } from "./context.ts";
import { findMisfits, type Misfit } from "./misfits.ts";
import { liveModel } from "./live-model.ts";

type Shown = string | number | boolean | null;

export interface FactLine {
  readonly fact: string;
  readonly type: string;
  /** Where it comes from, in words. */
  readonly source: string;
  readonly known: number;
  readonly accounts: number;
  /** Of numbers, dates and times; null for words and for yes or no. */
  readonly lowest: Shown;
  readonly median: Shown;
  readonly highest: Shown;
  /** Of words and yes or no: the commonest values with their number of accounts, at most three. */
  readonly commonest: readonly { readonly value: Shown; readonly accounts: number }[];
  /** The newest news of it; null where there is none. */
  readonly newest: string | null;
  /** For one that is never known: what its trait or event may have been meant to be called. */
  readonly hint: string | null;
  /** Values that do not fit its type; null: all do. */
  readonly misfit: Misfit | null;
}

/** For each fact: of how many accounts it is known, what it is like, and how fresh it is. */
export async function factsReport(context: EngineContext): Promise<FactLine[]> {
  const { model } = await liveModel(context);
  const values = new Map<string, Value[]>(model.facts.map(({ name }) => [name, []]));
  let accounts = 0;
  for await (const page of context.store.decisions.current()) {
    for (const { decision } of page) {
      accounts += 1;
      const env = decisionEnv(model, decision);
      for (const [name, list] of values) list.push(env.get(name));
    }
  }
  const names = await dataNames(context);
  const misfits = await findMisfits(context, model);
  return model.facts.map((fact) => ({
    ...factLine(fact, values.get(fact.name) ?? [], accounts, names),
    misfit: misfits.find((misfit) => isOfFact(misfit, fact)) ?? null,
  }));
}

function isOfFact({ of, trait }: Misfit, { source }: FactDef): boolean {
  if (source.kind === "trait") return of === "accounts" && source.trait === trait;
  return source.kind === "said" && of === "contacts" && source.trait === trait;
}

interface DataNames {
  readonly traits: ReadonlyMap<string, string>;
  readonly contactTraits: readonly string[];
  readonly events: ReadonlyMap<string, string>;
}

async function dataNames({ store }: EngineContext): Promise<DataNames> {
  const [traits, contactTraits, events] = await Promise.all([
    store.accounts.traitNames(),
    store.accounts.contactTraitNames(),
    store.accounts.eventNames(),
  ]);
  return {
    traits: new Map(traits.map(({ trait, newest }) => [trait, formatDay(newest)])),
    contactTraits: contactTraits.map(({ trait }) => trait),
    events: new Map(events.map(({ name, newest }) => [name, new Date(newest).toISOString()])),
  };
}

function factLine(
  fact: FactDef,
  values: readonly Value[],
  accounts: number,
  names: DataNames,
): Omit<FactLine, "misfit"> {
  const known = values.filter((value) => value !== null).toSorted(order);
  const isOrdered = fact.type.kind !== "string" && fact.type.kind !== "boolean";
  const at = (share: number): Shown => {
    if (!isOrdered || known.length === 0) return null;
    return showTyped(fact.type, known[Math.floor((known.length - 1) * share)] ?? null);
  };
  return {
    fact: fact.name,
    type: fact.type.kind,
    source: describeSource(fact),
    known: known.length,
    accounts,
    lowest: at(0),
    median: at(0.5),
    highest: at(1),
    commonest: isOrdered ? [] : commonest(known),
    newest: newestOf(fact, names),
    hint: known.length > 0 ? null : hintFor(fact, names),
  };
}

const COMMONEST = 3;

function commonest(values: readonly Value[]): FactLine["commonest"] {
  const counts = new Map<Shown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, COMMONEST)
    .map(([value, accounts]) => ({ value, accounts }));
}

function order(a: NonNullable<Value>, b: NonNullable<Value>): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Where a fact comes from, in a few words. */
export function describeSource({ source }: FactDef): string {
  switch (source.kind) {
    case "trait":
      return `trait ${source.trait}`;
    case "event": {
      const { kind, pattern, property, over } = source.aggregate;
      const what =
        property === undefined ? patternText(pattern) : `${patternText(pattern)}.${property}`;
      return `${kind} of ${what}${over === undefined ? "" : ` over ${over}d`}`;
    }
    case "contacts":
      return "number of contacts";
    case "said":
      return `contact trait ${source.trait}`;
    case "ratio":
    case "change":
      return `${source.kind} of ${source.of} over ${source.over}d`;
    case "is":
      return source.rule.text;
    default:
      return assertNever(source);
  }
}

function patternText(pattern: EventPattern): string {
  if (pattern.kind === "exact") return `"${pattern.name}"`;
  return pattern.kind === "prefix" ? `"${pattern.prefix}*"` : "any event";
}

function newestOf({ source }: FactDef, names: DataNames): string | null {
  if (source.kind === "trait") return names.traits.get(source.trait) ?? null;
  if (source.kind !== "event") return null;
  const { pattern } = source.aggregate;
  const times = [...names.events]
    .filter(([name]) => isOf(pattern, name))
    .map(([, newest]) => newest);
  return times.toSorted().at(-1) ?? null;
}

function isOf(pattern: EventPattern, name: string): boolean {
  if (pattern.kind === "exact") return name === pattern.name;
  return pattern.kind === "prefix" ? name.startsWith(pattern.prefix) : true;
}

function hintFor({ source }: FactDef, names: DataNames): string | null {
  if (source.kind === "trait") return near("trait", source.trait, [...names.traits.keys()]);
  if (source.kind === "said") return near("contact trait", source.trait, names.contactTraits);
  if (source.kind !== "event" || source.aggregate.pattern.kind !== "exact") return null;
  const { name } = source.aggregate.pattern;
  // what has not become of a touch yet is no mistake
  return isEngineName(name) ? null : near("event", name, [...names.events.keys()]);
}

function near(what: string, name: string, known: readonly string[]): string {
  if (known.includes(name)) return `${what} "${name}" is there, but never with a value`;
  const found = nearest(name, known);
  return found === undefined
    ? `no ${what} "${name}" in the data`
    : `no ${what} "${name}" in the data; is it "${found}"?`;
}
