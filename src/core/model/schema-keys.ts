import { z } from "zod";
import type { Path } from "./yaml/tree.ts";

/** The keys that the object schema at a path may have. */
export function keysOfSchema(schema: z.ZodType, path: Path): readonly string[] {
  let here: unknown = unwrapped(schema);
  for (const step of path) {
    if (here instanceof z.ZodObject)
      here = unwrapped((here.shape as Record<string, unknown>)[String(step)]);
    else if (here instanceof z.ZodArray) here = unwrapped(here.element);
    else if (here instanceof z.ZodRecord) here = unwrapped(here.valueType);
    else return [];
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  let here = schema;
  while (
    here instanceof z.ZodOptional ||
    here instanceof z.ZodNullable ||
    here instanceof z.ZodDefault
  ) {
    here = here.unwrap();
  }
  return here;
}
