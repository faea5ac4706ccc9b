import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { FileProblem } from "./guard-text.ts";
import type { ScalarNode, ScalarStyle, MapEntry, MapNode, Span, YamlNode } from "./tree.ts";

/** Nodes a file may have after its aliases are written out: bombs end here. */
const MAX_NODES = 100_000;

export interface TreeInput {
  readonly text: string;
  readonly contents: ParsedNode | null;
  /** Rules that YAML ate, by where they start: their text stands in for what YAML read. */
  readonly eaten: ReadonlyMap<number, Span>;
}

/** The file's tree without tags, aliases, merge keys and doubled keys; each of those is a problem. */
export function buildTree(input: TreeInput): {
  readonly root: YamlNode | undefined;
  readonly problems: readonly FileProblem[];
} {
  const builder = new TreeBuilder(input);
  const root = input.contents ? builder.node(input.contents, { start: 0, end: 0 }) : undefined;
  return { root, problems: builder.problems };
}

class TreeBuilder {
  readonly problems: FileProblem[] = [];
  readonly #input: TreeInput;
  /** Finished nodes by their anchor; undefined while the node is being built. */
  readonly #anchors = new Map<string, YamlNode | undefined>();
  readonly #sizes = new Map<YamlNode, number>();
  #count = 0;
  #full = false;

  constructor(input: TreeInput) {
    this.#input = input;
  }

  /** `place` is where to point when the node itself has no characters. */
  node(source: ParsedNode | null, place: Span): YamlNode {
    const before = this.#count;
    const built = this.#build(source, place);
    if (source && !isAlias(source)) this.#sizes.set(built, this.#count - before);
    return built;
  }

  #build(source: ParsedNode | null, place: Span): YamlNode {
    this.#count += 1;
    if (source === null) return nothing(place);
    const [start, end] = source.range;
    if (isAlias(source)) return this.#alias(source.source, { start, end });
    if (source.tag !== undefined) this.#tag(source.tag, start);
    const anchor = source.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const built = this.#plain(source, place);
    if (anchor !== undefined) this.#anchors.set(anchor, built);
    return built;
  }

  #plain(source: ParsedNode, place: Span): YamlNode {
    const [start, end] = source.range;
    if (isScalar(source)) return this.#scalar(source, place);
    if (isSeq<ParsedNode | null>(source)) {
      const items = source.items.map((item) => this.node(item, { start, end }));
      return { kind: "list", items, start, end };
    }
    if (isMap<ParsedNode, ParsedNode | null>(source)) return this.#map(source, { start, end });
    throw new Error("a YAML node is neither map, list, scalar nor alias");
  }

  #scalar(source: Scalar.Parsed, place: Span): ScalarNode {
    const { text, eaten } = this.#input;
    const [start, end] = source.range;
    const written = text.slice(start, end);
    if (eaten.has(start)) {
      const value = written.replaceAll(/[ \t]*\r?\n\s*/g, " ");
      return { kind: "scalar", value, style: "plain", source: written, start, end };
    }
    const value = scalarValue(source.value);
    if (value === null && start === end) return nothing(place);
    return { kind: "scalar", value, style: styleOf(source.type), source: written, start, end };
  }

  #map(source: YAMLMap<ParsedNode, ParsedNode | null>, span: Span): MapNode {
    const seen = new Map<string, Span>();
    const entries: MapEntry[] = [];
    for (const pair of source.items) {
      const entry = this.#entry(pair, span);
      if (!entry) continue;
      const first = seen.get(entry.key);
      if (first) this.#doubled(entry, first);
      else entries.push(entry);
      if (!first) seen.set(entry.key, entry.keySpan);
    }
    return { kind: "map", entries, ...span };
  }

  #entry(pair: Pair<ParsedNode, ParsedNode | null>, mapSpan: Span): MapEntry | undefined {
    const { key } = pair;
    if (!isScalar(key) || key.range[0] === key.range[1]) {
      const at = key?.range ? { start: key.range[0], end: key.range[1] } : mapSpan;
      this.#problem("yaml-key", "A key has to be a word or a text.", at);
      return undefined;
    }
    const keySpan = { start: key.range[0], end: key.range[1] };
    if (key.tag !== undefined) this.#tag(key.tag, keySpan.start);
    const name = typeof key.value === "string" ? key.value : this.#written(keySpan);
    if (name === "<<") {
      this.#problem("yaml-merge-key", "Merge keys (<<) are not part of touch models.", keySpan, {
        hint: "Write the keys out where they are needed.",
      });
      return undefined;
    }
    return { key: name, keySpan, value: this.node(pair.value, keySpan) };
  }

  #alias(name: string, span: Span): YamlNode {
    if (this.#full) return nothing(span);
    if (!this.#anchors.has(name)) {
      this.#problem("yaml-alias", `The alias *${name} has no anchor &${name} before it.`, span, {
        hint: "If a text was meant, put it in quotes.",
      });
      return nothing(span);
    }
    const target = this.#anchors.get(name);
    if (!target) {
      this.#problem("yaml-alias", `The alias *${name} stands inside its own anchor.`, span);
      return nothing(span);
    }
    this.#count += this.#sizes.get(target) ?? 1;
    if (this.#count <= MAX_NODES) return target;
    this.#full = true;
    this.#problem("yaml-alias", `With its aliases written out the file grows past all use.`, span);
    return nothing(span);
  }

  #doubled(entry: MapEntry, first: Span): void {
    const line = this.#input.text.slice(0, first.start).split("\n").length;
    const message = `"${entry.key}" is already there, in line ${line}.`;
    this.#problem("duplicate-key", message, entry.keySpan);
  }

  /** A tag stands before its node, which may itself be empty. */
  #tag(tag: string, nodeStart: number): void {
    const { text } = this.#input;
    let start = Math.max(0, text.lastIndexOf("!", nodeStart));
    while (text[start - 1] === "!") start -= 1;
    const span = { start, end: start + (/^[^\s,}\]]+/.exec(text.slice(start))?.[0].length ?? 1) };
    const name = tag.replace("tag:yaml.org,2002:", "!!");
    this.#problem("yaml-tag", `The YAML tag ${name} is not part of touch models.`, span, {
      hint: "If the ! was meant as text, put the value in quotes.",
    });
  }

  #written(span: Span): string {
    return this.#input.text.slice(span.start, span.end);
  }

  #problem(
    code: FileProblem["code"],
    message: string,
    span: Span,
    more?: { readonly hint: string },
  ): void {
    this.problems.push({ code, message, span, ...more });
  }
}

function nothing(place: Span): ScalarNode {
  const { start, end } = place;
  return { kind: "scalar", value: null, style: "plain", source: "", start, end };
}

function scalarValue(value: unknown): ScalarNode["value"] {
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  return null;
}

function styleOf(type: Scalar.Type | undefined): ScalarStyle {
  switch (type) {
    case "QUOTE_DOUBLE":
      return "double";
    case "QUOTE_SINGLE":
      return "single";
    case "BLOCK_FOLDED":
    case "BLOCK_LITERAL":
      return "block";
    case "PLAIN":
    case undefined:
      return "plain";
  }
}
