import { entriesOf, fieldOf, type MapNode, type Span, type YamlNode } from "./yaml/tree.ts";

export type NameKind = "fact" | "stage" | "level" | "touchpoint";

/**
 * The names a file declares, gathered before any block is read, so that a name whose own entry
 * is faulty still counts as existing and one mistake is told once.
 */
export class NameIndex {
  readonly bands: readonly string[];
  /** Segments; those of a `one` dimension with the names of its entries. */
  readonly segments: ReadonlyMap<string, readonly string[] | undefined>;
  /** Experiments with the names of their arms. */
  readonly experiments: ReadonlyMap<string, readonly string[]>;
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
    this.bands = [...keysOf(fieldOf(fieldOf(root, "health"), "bands")).keys()];
    this.segments = new Map(
      entriesOf(fieldOf(root, "segments")).map(({ key, value }) => {
        const one = fieldOf(value, "one");
        return [key, one && [...keysOf(one).keys()]];
      }),
    );
    this.experiments = new Map(
      entriesOf(fieldOf(root, "experiments")).map(({ key, value }) => [
        key,
        [...keysOf(fieldOf(value, "arms")).keys()],
      ]),
    );
  }

  /** Names in the order of the file, with where they are declared. */
  of(kind: NameKind): ReadonlyMap<string, Span> {
    return this.#names[kind];
  }

  /** How many names there are that rules can read. */
  get size(): number {
    return this.of("fact").size + this.segments.size + this.experiments.size;
  }

  /** Whether the file has the block at all. */
  hasBlock(name: string): boolean {
    return fieldOf(this.#root, name) !== undefined;
  }
}

function keysOf(node: YamlNode | undefined): ReadonlyMap<string, Span> {
  return new Map(entriesOf(node).map(({ key, keySpan }) => [key, keySpan]));
}
