import type { Rule } from "../../rules/types.ts";

/**
 * A model as a tree of named things, each with its parts: what the diff compares. A block says
 * how it reads as such a tree, and needs to know nothing of differences.
 */
export interface ThingList {
  /** `segments`, `segments.value`: also the list's name in the search for renames. */
  readonly path: string;
  readonly block: string;
  /** What one of them is called: `segment`, `entry`. */
  readonly word: string;
  /** In front of the name in a sentence: `segment `, `segment value: `. */
  readonly lead: string;
  /** What an order means here; undefined: none. */
  readonly order?: string;
  /** Told apart by what they are: base rules have no names of their own. */
  readonly nameless?: true;
  /** No rename is looked for. */
  readonly fixed?: true;
  /** None of them has a say in what is decided. */
  readonly decides?: false;
  /** What a new name brings with it, as a clause; undefined: nothing. */
  readonly renaming?: string;
  readonly things: readonly Thing[];
}

export interface Thing {
  readonly name: string;
  /** As it is written, in short. */
  readonly summary: string;
  readonly parts: readonly Part[];
  readonly lists: readonly ThingList[];
}

export interface Part {
  readonly key: string;
  /** Its meaning: equal ones are equal. */
  readonly canon: string;
  /** As people read it. */
  readonly shown: string;
  /** What it is called in a sentence: `the window`; of a rule, whose it is: `leaving it`. */
  readonly label: string;
  readonly decides: boolean;
  /** How much it makes a thing what it is; 1 as a rule. */
  readonly weight: number;
  /** A condition, told by what it needs. */
  readonly rule?: Rule;
  /** Members of a list, told by what joins and leaves. */
  readonly members?: readonly string[];
  /** The label is a verb: `takes` 60 minutes. */
  readonly isVerb?: true;
  /** So or not: the label goes behind `now` and `no longer`. */
  readonly isFlag?: true;
  /** The list's order matters. */
  readonly isOrdered?: true;
}

/** All that a thing is, but its name. */
export function wholeOf({ parts, lists }: Thing): string {
  return JSON.stringify([
    parts.map(({ key, canon }) => [key, canon]).toSorted(byFirst),
    lists.map(({ things, order, nameless }) => {
      const all = things.map((thing) => [nameless ? "" : thing.name, wholeOf(thing)]);
      return order === undefined ? all.toSorted(byFirst) : all;
    }),
  ]);
}

function byFirst(a: readonly string[], b: readonly string[]): number {
  return a.join("\n") < b.join("\n") ? -1 : 1;
}
