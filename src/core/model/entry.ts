import type { z } from "zod";
import { parseRule } from "../rules/parse-rule.ts";
import type { Rule, RuleKind, RuleProblem } from "../rules/types.ts";
import type { NameKind } from "./name-index.ts";
import type { Reading } from "./reading.ts";
import type { ModelScope } from "./model-scope.ts";
import type { Scopes } from "./scopes.ts";
import { readShape } from "./shape-issues.ts";
import { offsetIn } from "./yaml/offset-map.ts";
import {
  entriesOf,
  fieldOf,
  itemsOf,
  type MapEntry,
  type MapNode,
  type Path,
  plainValue,
  type Span,
  type YamlNode,
} from "./yaml/tree.ts";

/** What every block's reader works with. */
export interface Blocks {
  readonly reading: Reading;
  readonly scopes: Scopes;
}

/**
 * One entry of a block while it is read: `kickoff: {…}` under touchpoints. Shape, rules and
 * references are each checked on their own, so that a fault in one hides no fault in another.
 */
export class Entry {
  readonly reading: Reading;
  readonly node: YamlNode;
  /** Where the entry is named; messages about the whole of it point here. */
  readonly at: Span;
  readonly what: string;
  /** Its key; empty for items of lists. */
  readonly name: string;

  constructor(reading: Reading, node: YamlNode, at: Span, what: string, name = "") {
    this.reading = reading;
    this.node = node;
    this.at = at;
    this.what = what;
    this.name = name;
  }

  static of(reading: Reading, entry: MapEntry, what: string): Entry {
    return new Entry(reading, entry.value, entry.keySpan, what, entry.key);
  }

  shape<S extends z.ZodType>(schema: S): z.output<S> | undefined {
    // An entry with nothing after it is one with nothing set: `growth:`.
    const empty = this.node.kind === "scalar" && this.node.value === null;
    const value = empty ? {} : plainValue(this.node);
    const { what, at } = this;
    return readShape(this.reading, schema, this.node, value, { what, at });
  }

  field(...path: Path): YamlNode | undefined {
    let here: YamlNode | undefined = this.node;
    for (const step of path) {
      here = typeof step === "number" ? itemsOf(here)[step] : fieldOf(here, step);
    }
    return here;
  }

  has(key: string): boolean {
    return this.field(key) !== undefined;
  }

  /** The rule under a key; undefined when there is none or it is in error. */
  rule(key: string, scope: ModelScope, wanted: RuleKind | readonly RuleKind[]): Rule | undefined {
    return readRule(this.reading, this.field(key), scope, wanted);
  }

  /** The name under a key, if such a thing exists. */
  reference(key: string, kind: NameKind): string | undefined {
    return this.reading.reference(kind, this.field(key));
  }

  report(code: string, message: string, hint?: string, at: Span = this.at): void {
    this.reading.report(code, at, message, hint);
  }

  /** Where a key's value stands, else the entry. */
  spanOf(...path: Path): Span {
    return this.field(...path) ?? this.at;
  }
}

/** A rule's text, parsed and typed; its problems are reported at their own places in the file. */
export function readRule(
  reading: Reading,
  node: YamlNode | undefined,
  scope: ModelScope,
  wanted: RuleKind | readonly RuleKind[],
): Rule | undefined {
  if (node?.kind !== "scalar" || node.value === null || reading.isFull) return undefined;
  const text = typeof node.value === "string" ? node.value : ruleSource(node);
  scope.begin();
  const { rule, problems } = parseRule(text, scope, wanted);
  for (const problem of problems) {
    if (scope.namedFaulty && TYPE_CODES.has(problem.code)) continue;
    if (problem.code === "rule-syntax" && reading.eaten.has(node.start)) continue;
    const start = offsetIn(node, problem.start);
    const end = problem.end > problem.start ? offsetIn(node, problem.end - 1) + 1 : start + 1;
    const span = { start, end };
    const why = problem.code === "later-block" ? scope.whyLater(nameAt(text, problem)) : undefined;
    if (why === undefined) {
      reading.report(problem.code, span, problem.message, hintFor(reading, problem, text));
    } else {
      reading.report(problem.code, span, why);
    }
  }
  for (const name of rule?.names ?? namesIn(text)) reading.use("fact", name);
  return rule;
}

/** Faults that may only follow from a fact whose own type is not known. */
const TYPE_CODES: ReadonlySet<string> = new Set(["rule-type", "unknown-value", "level-order"]);

/** `True` and `1_0` are the file's; the rule language writes `true` and `10`. */
function ruleSource(node: { readonly value: unknown; readonly source: string }): string {
  return typeof node.value === "boolean" ? node.source.toLowerCase() : node.source;
}

/** The words of a text that could be names, outside of its quotes. */
export function namesIn(rule: string): readonly string[] {
  const outside = rule.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  return [...outside.matchAll(/(?<![\w.])[A-Za-z_]\w*/g)].map((match) => match[0]);
}

function hintFor(reading: Reading, problem: RuleProblem, text: string): string | undefined {
  if (problem.hint !== undefined) return asSentence(problem.hint);
  if (problem.code !== "unknown-name") return undefined;
  const name = nameAt(text, problem);
  if (name.startsWith("contact.")) {
    return "contact.… is known in `to`, in facts over contacts, and in programs `for: contact`.";
  }
  if (name.startsWith("properties.")) return "properties.… is known in the `where` of events.";
  const block = BLOCK_OF.get(name);
  return block !== undefined && !reading.names.hasBlock(block)
    ? `${name} comes from the block ${block}, which this model does not have.`
    : undefined;
}

function nameAt(text: string, { start }: RuleProblem): string {
  return /^[\w.]*/.exec(text.slice(start))?.[0] ?? "";
}

/** Hints of rules begin small; words are made large, names and code are not. */
function asSentence(hint: string): string {
  return hint.replace(/^(did|write|there|texts|split|compare|a) /, (word) => capital(word));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const BLOCK_OF: ReadonlyMap<string, string> = new Map([
  ["health", "health"],
  ["health_band", "health"],
  ["stage", "lifecycle"],
  ["days_in_stage", "lifecycle"],
  ["level", "touch"],
  ["base_level", "touch"],
  ["held", "touch"],
  ["days_at_level", "touch"],
]);

/** The entries of a block that is a map of things, each ready to be read. */
export function entriesIn(
  reading: Reading,
  block: YamlNode | undefined,
  what: string,
): readonly Entry[] {
  return entriesOf(block).map((entry) => Entry.of(reading, entry, what));
}

/** The items of a block that is a list of things, each ready to be read. */
export function itemsIn(
  reading: Reading,
  block: YamlNode | undefined,
  what: string,
): readonly Entry[] {
  return itemsOf(block).map((item) => new Entry(reading, item, item, what));
}

/** A block has to be a map of named things; anything else is told once. False when it is not. */
export function isBlockOfEntries(
  reading: Reading,
  name: string,
  node: YamlNode | undefined,
): node is MapNode {
  if (node === undefined || (node.kind === "scalar" && node.value === null)) return false;
  if (node.kind === "map") return true;
  reading.report("wrong-type", node, `"${name}" needs a block of names, each with its own keys.`);
  return false;
}
