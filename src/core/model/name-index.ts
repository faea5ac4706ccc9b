import { entriesOf, fieldOf, type MapNode, type Span, type YamlNode } from "./yaml/tree.ts";

export type NameKind = "fact" | "stage" | "level" | "touchpoint";

/**
 * The names a file declares, gathered before any block is read, so that a name whose own entry
 * is faulty still counts as existing and one mistake is told once.
 */
export class NameIndex {
  readonly #names: Readonly<Record<NameKind, ReadonlyMap<string, Span>>>;
  readonly #root: MapNode;

  constructor(root: MapNode) {
    this.#root = root;
    this.#names = {
      fact: keysOf(fieldOf(root, "facts")),
      stage: keysOf(fieldOf(fieldOf(root, "lifecycle"), "stages")),
      level: keysOf(fieldOf(root, "levels")),
      touchpoint: keysOf(fieldOf(root, "touchpoints")),
    };
  }

  /** Names in the order of the file, with where they are declared. */
  of(kind: NameKind): ReadonlyMap<string, Span> {
    return this.#names[kind];
  }

  get bands(): readonly string[] {
    return [...keysOf(fieldOf(fieldOf(this.#root, "health"), "bands")).keys()];
  }

  /** Segments; those of a `one` dimension with the names of its entries. */
  get segments(): ReadonlyMap<string, readonly string[] | undefined> {
    const segments = new Map<string, readonly string[] | undefined>();
    for (const { key, value } of entriesOf(fieldOf(this.#root, "segments"))) {
      const one = fieldOf(value, "one");
      segments.set(key, one && [...keysOf(one).keys()]);
    }
    return segments;
  }

  get experiments(): ReadonlyMap<string, readonly string[]> {
    const experiments = new Map<string, readonly string[]>();
    for (const { key, value } of entriesOf(fieldOf(this.#root, "experiments"))) {
      experiments.set(key, [...keysOf(fieldOf(value, "arms")).keys()]);
    }
    return experiments;
  }

  /** Whether the file has the block at all. */
  hasBlock(name: string): boolean {
    return fieldOf(this.#root, name) !== undefined;
  }
}

function keysOf(node: YamlNode | undefined): ReadonlyMap<string, Span> {
  return new Map(entriesOf(node).map(({ key, keySpan }) => [key, keySpan]));
}
