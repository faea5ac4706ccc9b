import { z } from "zod";
import { type Blocks, type Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import type { FactKind } from "../fact-kinds/fact-kind.ts";
import { FACT_KINDS } from "../fact-kinds/registry.ts";
import { checkRuleName } from "../names.ts";
import { orderByDependencies } from "../order.ts";
import { nameText } from "../schema-pieces.ts";
import type { FactDef } from "../types.ts";
import { entriesOf, textOf, type YamlNode } from "../yaml/tree.ts";

export const factsSchema = z
  .record(nameText("Fact"), z.union(FACT_KINDS.map((kind) => kind.schema)))
  .meta({
    title: "Facts",
    description: "What is known of an account: traits, events counted, things worked out.",
  });

interface Declared {
  readonly entry: Entry;
  readonly kind: FactKind;
  readonly named: boolean;
}

/** The facts, each after all that it is made of. */
export function readFacts(node: YamlNode | undefined, blocks: Blocks): readonly FactDef[] {
  const { reading } = blocks;
  if (!isBlockOfEntries(reading, "facts", node)) return [];
  const declared = new Map<string, Declared>();
  for (const entry of entriesIn(reading, node, "a fact")) {
    const named = checkRuleName(entry);
    const kind = kindOf(entry);
    if (kind) declared.set(entry.name, { entry, kind, named });
  }
  const madeOf = (name: string): readonly string[] => {
    const found = declared.get(name);
    return found ? found.kind.madeOf(found.entry) : [];
  };
  const { order, cycles } = orderByDependencies([...declared.keys()], madeOf);
  for (const cycle of cycles) reportCycle(cycle, declared);
  return order.flatMap((name) => {
    const found = declared.get(name);
    const fact = found && readFact(found, blocks);
    return fact && found.named ? [fact] : [];
  });
}

function readFact({ entry, kind }: Declared, blocks: Blocks): FactDef | undefined {
  const { type, source } = kind.read(entry, blocks);
  const late = isLate(kind.madeOf(entry), kind.key, blocks);
  blocks.scopes.facts.set(entry.name, { type, late });
  if (source?.kind === "trait") blocks.scopes.traits.add(source.trait).add(entry.name);
  if (!type || !source) return undefined;
  return { name: entry.name, type, unit: textOf(entry.field("unit")), late, source };
}

/** Made of health's past, itself or through other facts. */
function isLate(madeOf: readonly string[], kind: string, { scopes }: Blocks): boolean {
  const ofHealth = (kind === "ratio" || kind === "change") && madeOf[0] === "health";
  return ofHealth || madeOf.some((name) => scopes.facts.get(name)?.late === true);
}

function kindOf(entry: Entry): FactKind | undefined {
  if (entry.node.kind !== "map") {
    const hint = "Like arr: { type: number }, or logins: { count: Logged In, over: 28d }.";
    entry.report("wrong-type", "A fact needs a block that says how it is known.", hint);
    return undefined;
  }
  const kinds = FACT_KINDS.filter((kind) => entry.has(kind.key));
  const [first, second] = kinds;
  if (first && !second) return first;
  if (first && second) {
    const message = `A fact is known in one way, and this has both ${first.key} and ${second.key}.`;
    entry.report("choose-one", message, "Make two facts of it.");
    return undefined;
  }
  reportNoKind(entry);
  return undefined;
}

const KIND_KEYS = FACT_KINDS.map((kind) => kind.key);
const OTHER_KEYS: ReadonlySet<string> = new Set(
  FACT_KINDS.flatMap((kind) => Object.keys(kind.schema.shape)),
);

/** A misspelt `count` is told as that, and only without one that the kind is missing. */
function reportNoKind(entry: Entry): void {
  const unknown = entriesOf(entry.node).filter(({ key }) => !OTHER_KEYS.has(key));
  for (const { key, keySpan } of unknown) {
    const hint = entry.reading.didYouMean(
      key,
      KIND_KEYS,
      `A fact has one of: ${KIND_KEYS.join(", ")}.`,
    );
    entry.report("unknown-key", `"${key}" is no key of a fact.`, hint, keySpan);
  }
  if (unknown.length > 0) return;
  const hint = `Give one of: ${KIND_KEYS.join(", ")}.`;
  entry.report("choose-one", `The fact ${entry.name} does not say how it is known.`, hint);
}

function reportCycle(cycle: readonly string[], declared: ReadonlyMap<string, Declared>): void {
  const first = declared.get(cycle[0] ?? "");
  if (!first) return;
  const circle = [...cycle, cycle[0] ?? ""];
  const shown = circle.length > 12 ? [...circle.slice(0, 11), "…", circle.at(-1)] : circle;
  const message = `These facts are made of each other: ${shown.join(" → ")}.`;
  const at = first.entry.spanOf(first.kind.key);
  first.entry.report("fact-cycle", message, "One of them has to be known without the others.", at);
}
