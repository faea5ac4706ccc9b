import type { z } from "zod";
import type { Entry } from "../entry.ts";
import type { Effect } from "../types.ts";

/**
 * What an adjustment does to the running level. One object holds an effect's key, schema,
 * reading and words; the registry lists them all.
 */
export interface EffectKind {
  readonly key: Effect["kind"];
  readonly shape: z.ZodRawShape;
  /** Undefined when the entry is in error. */
  read(entry: Entry): Effect | undefined;
}
