import type { z } from "zod";
import type { RuleType } from "../../rules/types.ts";
import type { Blocks, Entry } from "../entry.ts";
import type { FactSource } from "../types.ts";

export interface ReadFact {
  /** Undefined when the entry's faults leave even its type open. */
  readonly type: RuleType | undefined;
  /** Undefined when the entry is in error. */
  readonly source: FactSource | undefined;
}

/**
 * A way in which a fact is known. One object holds its schema, its reading and its checks; the
 * registry lists them all. The key is the one that tells this kind from the others.
 */
export interface FactKind {
  readonly key: string;
  readonly schema: z.ZodObject;
  read(entry: Entry, blocks: Blocks): ReadFact;
  /** Names of facts (and built-ins) it may be made of, from its text alone. */
  madeOf(entry: Entry): readonly string[];
}
