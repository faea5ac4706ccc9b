/**
 * A model file after YAML: plain maps, lists and scalars, aliases resolved, each with its place.
 * Offsets are UTF-16 units into the file's text, end exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type ScalarStyle = "plain" | "single" | "double" | "block";

export interface ScalarNode extends Span {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly style: ScalarStyle;
  /** The file's own characters for it: `1_000`, `"a\tb"`. */
  readonly source: string;
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

export interface MapNode extends Span {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
}

export interface ListNode extends Span {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

export type YamlNode = ScalarNode | MapNode | ListNode;

export type Path = readonly (string | number)[];

/** The entry of a map with this key; undefined where there is none or the node is no map. */
export function entryOf(node: YamlNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}

export function fieldOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** The entries of a map; none for anything else. */
export function entriesOf(node: YamlNode | undefined): readonly MapEntry[] {
  return node?.kind === "map" ? node.entries : [];
}

/** The items of a list; none for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === "list" ? node.items : [];
}

export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** Whether nothing was written: no key, or a key with nothing after it. */
export function isEmpty(node: YamlNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.value === null);
}

/** The node a path leads to; undefined where it is missing. */
export function nodeAt(node: YamlNode, path: Path): YamlNode | undefined {
  let here: YamlNode | undefined = node;
  for (const step of path) {
    here = typeof step === "number" ? itemsOf(here)[step] : fieldOf(here, step);
  }
  return here;
}

/** The node as plain JavaScript values, for a schema to look at. */
export function plainValue(node: YamlNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plainValue);
    case "map": {
      const object: Record<string, unknown> = {};
      for (const { key, value } of node.entries) {
        // `__proto__` has to become a key like any other, which plain assignment does not do.
        Object.defineProperty(object, key, {
          value: plainValue(value),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    }
  }
}
