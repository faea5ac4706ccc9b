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

const whole = z
  .strictObject({
    ...headSchema,
    workspace: workspaceSchema,
    contacts: contactsSchema.nullish(),
    facts: factsSchema.nullish(),
    health: healthSchema.nullish(),
    lifecycle: lifecycleSchema.nullish(),
    segments: segmentsSchema.nullish(),
    levels: levelsSchema.nullish(),
    touch: touchSchema.nullish(),
    touchpoints: touchpointsSchema.nullish(),
    programs: programsSchema.nullish(),
    caps: capsSchema.nullish(),
    benchmarks: benchmarksSchema.nullish(),
    experiments: experimentsSchema.nullish(),
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
