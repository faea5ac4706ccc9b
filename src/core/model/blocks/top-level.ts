import { z } from "zod";
import { Entry } from "../entry.ts";
import type { Reading } from "../reading.ts";
import { coded, freeText } from "../schema-pieces.ts";
import type { MapNode } from "../yaml/tree.ts";

export const headSchema = {
  touchstone: z
    .literal(1, {
      error: coded("not-allowed", "This is no version of the language.", "Write touchstone: 1."),
    })
    .meta({ title: "Language version", description: "Always 1." }),
  name: freeText("Name", "What the model is called.").optional(),
};

/** The blocks of a model, in the order in which they are worked out. */
export const BLOCKS = [
  "workspace",
  "contacts",
  "facts",
  "health",
  "lifecycle",
  "segments",
  "levels",
  "touch",
  "touchpoints",
  "programs",
  "caps",
  "benchmarks",
  "experiments",
] as const;

const outline = z.strictObject({
  ...headSchema,
  workspace: z.unknown().refine((block) => block !== undefined),
  ...Object.fromEntries(BLOCKS.slice(1).map((block) => [block, z.unknown().optional()])),
});

/** The keys at the left edge. Answers the model's name. */
export function readTopLevel(reading: Reading, root: MapNode): string {
  const at = root.entries[0]?.keySpan ?? root;
  const entry = new Entry(reading, root, at, "a touch model");
  const shape = entry.shape(outline);
  return shape?.name ?? "Touch model";
}
