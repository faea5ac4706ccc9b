import type { Reading } from "../reading.ts";
import type { Model } from "../types.ts";
import {
  entriesOf,
  fieldOf,
  itemsOf,
  type MapNode,
  type Span,
  type YamlNode,
} from "../yaml/tree.ts";

/** A model whose blocks are all read, with the tree they were read from, for checks across them. */
export interface CheckedModel {
  readonly model: Model;
  readonly reading: Reading;
  readonly root: MapNode;
}

/** Where an entry of a block is named in the file. */
export function placeOf({ root }: CheckedModel, block: string, name: string): Span {
  const entry = entriesOf(fieldOf(root, block)).find(({ key }) => key === name);
  return entry?.keySpan ?? root;
}

/** What a key of a block's entry holds. */
export function valueIn(
  { root }: CheckedModel,
  block: string,
  name: string,
  key: string,
): YamlNode | undefined {
  return fieldOf(fieldOf(fieldOf(root, block), name), key);
}

/** Where a program's step stands. */
export function placeOfStep(checked: CheckedModel, program: string, index: number): Span {
  const step = itemsOf(valueIn(checked, "programs", program, "steps"))[index];
  return fieldOf(step, "touch") ?? step ?? placeOf(checked, "programs", program);
}
