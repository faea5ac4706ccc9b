import { z } from "zod";
import { TOUCH_RESULTS } from "../../core/schedule/touch-words.ts";
import { dayOut, timeOut } from "./fields.ts";
import { listedTouchShape, touchShape } from "./shapes.ts";

/** What a person's day and a call's preparation are made of. */

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const askedShape = z
  .object({
    trait: z.string(),
    type: z.string(),
    values: z.array(z.string()).nullable(),
    known: plain.meta({ description: "What is known of it, to be confirmed." }),
  })
  .meta({ id: "Asked", description: "A trait that closing the touch asks for." });

export const rowShape = listedTouchShape
  .extend({
    must: z.boolean(),
    priority: z.string().nullable(),
    overdue_days: z.int(),
    why: z
      .string()
      .meta({ description: "Why it is on the list now, with the values as they stand." }),
    place: z
      .array(z.string())
      .meta({ description: "Why it stands where it does, weightiest first." }),
    revenue: z.number().nullable(),
    renews_on: dayOut.nullable(),
    level: z.string().nullable(),
    stage: z.string().nullable(),
    health: z.object({ score: z.number().nullable(), band: z.string() }),
    results: z
      .array(z.enum(TOUCH_RESULTS))
      .meta({ description: "What can become of it, likeliest first." }),
    asks: z.array(askedShape),
    snoozed_until: timeOut.nullable(),
    may_change: z.boolean().meta({ description: "Whether whoever asks may change it." }),
  })
  .meta({ id: "ToDo", description: "A touch on somebody's list." });

const load = {
  minutes: z.number(),
  capacity: z.number().nullable().meta({ description: "Minutes there are; null: unknown." }),
  band: z.enum(["green", "amber", "red", "none"]),
  touches: z.int(),
};

export const todayShape = z
  .object({
    today: dayOut,
    now: timeOut,
    owner: z.object({ id: z.string(), name: z.string() }).nullable(),
    model: z.object({ name: z.string(), version: z.int() }),
    due: z.array(rowShape),
    coming: z.array(rowShape),
    open: z.array(rowShape).meta({
      description:
        "Due and nobody's in particular, of their pod, pool or role: theirs to take (assign). At most 50.",
    }),
    snoozed: z.array(rowShape),
    done: z.array(
      touchShape.extend({
        account_name: z.string().nullable(),
        contact_name: z.string().nullable(),
      }),
    ),
    next: rowShape.nullable().meta({ description: "The first one after the weeks looked at." }),
    load: z
      .object({
        weeks: z.array(
          z.object({
            week: dayOut,
            ...load,
            days: z.array(z.object({ day: dayOut, working: z.boolean(), ...load })),
          }),
        ),
        unfit: z.array(
          z.object({
            id: z.string(),
            account: z.string(),
            account_name: z.string().nullable(),
            title: z.string(),
            due: dayOut,
            week: dayOut,
            minutes: z.number(),
            must: z.boolean(),
            revenue: z.number().nullable(),
          }),
        ),
      })
      .nullable()
      .meta({ description: "null: of everybody, or nobody's in particular." }),
    weeks: z.array(dayOut).meta({ description: "Mondays of the weeks looked at." }),
    cut: z.boolean().meta({ description: "There are more than these: the earliest are shown." }),
  })
  .meta({ id: "Today", description: "Somebody's day, in the order of what matters." });

const actual = z.record(z.string(), plain);

export const briefShape = z
  .object({
    touch: rowShape,
    account: z.object({
      id: z.string(),
      name: z.string().nullable(),
      owner: z.string().nullable(),
      owner_name: z.string().nullable(),
      timezone: z.string().nullable(),
      since: dayOut,
    }),
    health: z
      .object({
        score: z.number().nullable(),
        band: z.string(),
        coverage: z.number(),
        was: z
          .object({ score: z.number().nullable(), band: z.string(), on: dayOut })
          .nullable()
          .meta({ description: "At the last touch." }),
        measures: z.array(
          z.object({
            name: z.string(),
            score: z.number().nullable(),
            weight: z.number(),
            share: z.number().meta({ description: "How much of the score it makes, 0 to 1." }),
            before: z.number().nullable(),
            rule: z.string(),
            actual,
          }),
        ),
        caps: z.array(z.object({ name: z.string(), rule: z.string() })),
      })
      .nullable(),
    stage: z
      .object({
        name: z.string(),
        since: dayOut,
        status: z.enum(["on_track", "overdue"]),
        exit: z.array(
          z.object({ name: z.string(), met: z.boolean().nullable(), rule: z.string(), actual }),
        ),
      })
      .nullable(),
    level: z
      .object({
        name: z.string(),
        base: z.string(),
        since: dayOut,
        held: z.boolean(),
        pinned: z.object({ reason: z.string(), until: dayOut.nullable() }).nullable(),
        because: z.array(z.string()),
      })
      .nullable(),
    since: z
      .object({
        day: dayOut,
        touch: z
          .object({
            id: z.string(),
            title: z.string(),
            result: z.enum(TOUCH_RESULTS).nullable(),
          })
          .nullable(),
        facts: z.array(
          z.object({ name: z.string(), unit: z.string().nullable(), before: plain, after: plain }),
        ),
        entries: z.array(
          z.object({
            at: timeOut,
            kind: z.enum(["event", "decision", "audit"]),
            text: z.string(),
            more: z.array(z.string()),
          }),
        ),
      })
      .meta({ description: "What is new since a person last touched the account." }),
    contacts: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        email: z.string().nullable(),
        role: z.string().nullable(),
        timezone: z.string().nullable(),
        opt_outs: z.array(z.string()),
        is_meant: z.boolean(),
        preferences: z.record(z.string(), z.unknown()),
      }),
    ),
    contact_count: z.int(),
    notes: z.array(
      z.object({
        id: z.string(),
        at: timeOut,
        by: z.string().nullable(),
        note: z.string(),
        touch: z.object({ id: z.string(), title: z.string() }).nullable(),
      }),
    ),
    action_items: z.array(
      z.object({
        text: z.string(),
        owner: z.string().nullable(),
        due: dayOut.nullable(),
        done: z.boolean(),
        touch: z.string(),
        title: z.string(),
        may_change: z.boolean(),
      }),
    ),
    talking_points: z
      .object({
        subject: z.string(),
        preheader: z.string().nullable(),
        text: z.string(),
        html: z.string().meta({ description: "Cleaned; show nothing else of it than text." }),
        problem: z.string().nullable().meta({ description: "What is wrong with the file." }),
      })
      .nullable(),
    appointment: z
      .object({
        starts_at: timeOut,
        minutes: z.number(),
        place: z.string().nullable(),
        attendees: z.array(
          z.object({
            contact: z.string(),
            name: z.string().nullable(),
            email: z.string().nullable(),
          }),
        ),
      })
      .nullable(),
    next_of_series: dayOut
      .nullable()
      .meta({ description: "The day of the next of its series: on that day it is missed." }),
  })
  .meta({ id: "TouchBrief", description: "What one needs for a call." });
