import { z } from "zod";
import { benchmarksSchema } from "./blocks/benchmarks.ts";
import { capsSchema } from "./blocks/caps.ts";
import { contactsSchema } from "./blocks/contacts.ts";
import { experimentsSchema } from "./blocks/experiments.ts";
import { factsSchema } from "./blocks/facts.ts";
import { healthSchema } from "./blocks/health.ts";
import { levelsSchema } from "./blocks/levels.ts";
import { lifecycleSchema } from "./blocks/lifecycle.ts";
import { programsSchema } from "./blocks/programs.ts";
import { segmentsSchema } from "./blocks/segments.ts";
import { headSchema } from "./blocks/top-level.ts";
import { touchSchema } from "./blocks/touch.ts";
import { touchpointsSchema } from "./blocks/touchpoints.ts";
import { workspaceSchema } from "./blocks/workspace.ts";

/** A block may be left out, or be there with nothing under it. */
function block(schema: z.ZodType) {
  return schema.nullish().meta(schema.meta() ?? {});
}

const whole = z
  .strictObject({
    ...headSchema,
    workspace: workspaceSchema,
    contacts: block(contactsSchema),
    facts: block(factsSchema),
    health: block(healthSchema),
    lifecycle: block(lifecycleSchema),
    segments: block(segmentsSchema),
    levels: block(levelsSchema),
    touch: block(touchSchema),
    touchpoints: block(touchpointsSchema),
    programs: block(programsSchema),
    caps: block(capsSchema),
    benchmarks: block(benchmarksSchema),
    experiments: block(experimentsSchema),
  })
  .meta({
    title: "Touch model",
    description:
      "Who is who, where each customer stands, how much attention that earns, and what happens.",
  });

/**
 * The JSON Schema (draft-07) of a model file, from the schemas that the reader itself uses, for
 * completion and errors in editors. It knows shapes, not names: those are `validate`'s.
 */
export function modelSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(whole, { target: "draft-07", io: "input", reused: "inline" });
}
