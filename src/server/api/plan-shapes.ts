import { z } from "zod";
import { existingShape, expectedParts } from "../../engine/plan/expected-plan.ts";
import { dayOut, timeOut } from "./fields.ts";

/** What going live would change, as plans and the impact of an edit tell it. */

export const modelDifferenceShape = z.object({
  path: z.string(),
  block: z.string(),
  kind: z.enum(["added", "removed", "renamed", "changed", "moved"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
  sentence: z.string(),
  decides: z.boolean().meta({ description: "Whether it can change what is decided." }),
});

export const matrixCell = z.object({
  from: z.string().nullable().meta({ description: "null: none, or never decided." }),
  to: z.string().nullable(),
  accounts: z.int(),
  revenue: z.number(),
});

export const weekMessages = z.object({
  week: dayOut,
  channel: z.string(),
  before: z.int(),
  after: z.int(),
});

const weekHours = z.object({ week: dayOut, minutes: z.number(), capacity: z.number().nullable() });
const hours = z.looseObject({
  doers: z.array(
    z.looseObject({
      doer: z.string(),
      name: z.string(),
      role: z.string().nullable(),
      weeks: z.array(z.looseObject(weekHours.shape)),
    }),
  ),
  roles: z.array(z.looseObject({ role: z.string(), weeks: z.array(weekHours) })),
});

const move = z.looseObject({
  account: z.string(),
  name: z.string().nullable(),
  owner: z.string().nullable(),
  revenue: z.number().nullable(),
  reasons: z.array(
    z.looseObject({
      what: z.string().meta({
        description: "`level`, `base_level`, `stage`, `segments.value`, `programs.save`.",
      }),
      from: z.string().nullable(),
      to: z.string().nullable(),
      old_rule: z.string().nullable(),
      new_rule: z.string().nullable(),
      why: z.string(),
    }),
  ),
});

const problem = z.looseObject({
  code: z.string(),
  severity: z.enum(["blocking", "warning"]),
  where: z.string(),
  message: z.string(),
  hint: z.string(),
  allowed: z.boolean(),
});

const names = z.array(z.string());

/** The same as `touchstone plan --json`. */
export const planShape = z
  .looseObject({
    made_at: timeOut,
    today: dayOut,
    currency: z.string(),
    model: z.object({ name: z.string(), hash: z.string() }),
    live: expectedParts.live,
    existing: existingShape,
    is_same: z.boolean().meta({ description: "This very model is live: there is nothing to do." }),
    changes: z.array(modelDifferenceShape),
    message_files: z.object({ added: names, changed: names, removed: names }),
    accounts: z.object({
      total: z.int(),
      moving: z.int(),
      revenue: z.number(),
      revenue_moving: z.number(),
      first: z.int().meta({ description: "Never decided before." }),
    }),
    levels: z.array(matrixCell),
    stages: z.array(matrixCell),
    segments: z.array(matrixCell.extend({ segment: z.string() })),
    moves: z.array(move),
    programs: z.array(
      z.object({
        program: z.string(),
        started: z.int(),
        ended: z.int(),
        held_back: z.int().meta({ description: "Would have started but for `existing: new`." }),
      }),
    ),
    touches: z.array(
      z.object({
        program: z.string().nullable(),
        touchpoint: z.string(),
        human: z.boolean(),
        made: z.int(),
        kept: z.int(),
        moved: z.int(),
        cancelled: z.int(),
        changed: z.int(),
      }),
    ),
    touch_changes: z.array(z.looseObject({ fate: z.string(), account: z.string() })),
    messages: z.array(weekMessages),
    hours: z.object({ before: hours, after: hours }),
    problems: z.array(problem),
  })
  .meta({ id: "ModelPlan" });
