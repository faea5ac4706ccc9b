import { z } from "zod";
import { OWNERS } from "../../core/model/schema-pieces.ts";
import { TOUCH_RESULTS, TOUCH_STATUSES } from "../../core/schedule/touch-words.ts";
import { dayOut, timeOut } from "./fields.ts";

/** What answers are made of, named as components of the OpenAPI document. */

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const decisionShape = z
  .looseObject({
    account: z.string(),
    at: dayOut,
    model: z.object({ name: z.string(), version: z.int(), hash: z.string() }),
    facts: z.record(z.string(), plain),
    built_ins: z.record(z.string(), plain),
    missing: z.array(z.string()),
    health: z.looseObject({
      score: z.number().nullable(),
      band: z.string(),
      coverage: z.number(),
      measures: z.record(z.string(), z.looseObject({})),
      caps: z.array(z.unknown()),
    }),
    stage: z
      .looseObject({
        name: z.string(),
        since: dayOut,
        status: z.enum(["on_track", "overdue"]),
        exit: z.record(z.string(), z.looseObject({})),
        moves: z.array(z.looseObject({ from: z.string().nullable(), to: z.string() })),
      })
      .nullable(),
    segments: z.record(z.string(), z.looseObject({ since: dayOut.nullable() })),
    level: z
      .looseObject({
        name: z.string(),
        base: z.string(),
        since: dayOut,
        held: z.boolean(),
        by: z
          .enum(OWNERS)
          .optional()
          .meta({ description: "What kind of owner the account should have." }),
        pinned: z.looseObject({ reason: z.string() }).nullable(),
        steps: z.array(z.looseObject({ rule: z.string(), applied: z.boolean() })),
      })
      .nullable(),
    programs: z.array(z.looseObject({ name: z.string(), run: z.int(), since: dayOut })),
  })
  .meta({ id: "Decision", description: "What was decided of an account on a day, and why." });

const actionItemShape = z.object({
  text: z.string(),
  owner: z.string().nullable(),
  due: dayOut.nullable(),
  done: z.boolean(),
});

export const touchShape = z
  .object({
    id: z.string(),
    account: z.string(),
    contact: z.string().nullable(),
    touchpoint: z.string(),
    title: z.string(),
    program: z.string().nullable(),
    run: z.int().nullable(),
    step: z.string().nullable(),
    occurrence: z.int(),
    due: dayOut,
    starts_at: timeOut.nullable(),
    channel: z.string(),
    by: z.string(),
    accountable: z.string().nullable(),
    owner: z.string().nullable(),
    minutes: z.number(),
    minutes_spent: z.number().nullable(),
    purpose: z.string(),
    drives: z.string().nullable(),
    status: z.enum(TOUCH_STATUSES),
    result: z.enum(TOUCH_RESULTS).nullable(),
    reason: z.string().nullable(),
    note: z.string().nullable(),
    action_items: z.array(actionItemShape),
    planned_at: timeOut,
    done_at: timeOut.nullable(),
    model_version: z.int(),
  })
  .meta({ id: "Touch", description: "One planned or done interaction with an account." });

export const listedTouchShape = touchShape
  .extend({
    account_name: z.string().nullable(),
    contact_name: z.string().nullable(),
    doer: z.string().meta({
      description: "Who does it: a member of the team, `pod:NAME`, `pool`, or a role.",
    }),
    stands_in_for: z
      .string()
      .nullable()
      .meta({ description: "The owner for whom the doer stands in, who is away or gone." }),
  })
  .meta({ id: "ListedTouch" });

export const movementShape = z
  .object({
    account: z.string(),
    name: z.string().nullable(),
    from: z.object({ level: z.string().nullable(), stage: z.string().nullable() }),
    to: z.object({ level: z.string().nullable(), stage: z.string().nullable() }),
  })
  .meta({ id: "Movement", description: "How an account moved." });

export const movedShape = z.array(movementShape);

export const diagnosticShape = z
  .looseObject({
    code: z.string(),
    severity: z.enum(["error", "warning"]),
    message: z.string(),
    file: z.string(),
    line: z.int(),
    column: z.int(),
  })
  .meta({ id: "Diagnostic", description: "Something about a model file that is wrong." });

export const auditShape = z
  .object({
    at: timeOut,
    by: z.string().nullable(),
    what: z.string(),
    account: z.string().nullable(),
    reason: z.string().nullable(),
    details: z.unknown(),
  })
  .meta({ id: "AuditEntry", description: "What somebody did by hand." });
