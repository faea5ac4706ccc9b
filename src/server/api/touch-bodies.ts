import { z } from "zod";
import type { ActionItem } from "../../core/schedule/index.ts";
import { TOUCH_RESULTS } from "../../core/schedule/touch-words.ts";
import { dayIn, dayOf, ID, reasonIn, timeIn } from "./fields.ts";

/** What people send about a touch. */

const minutes = z.number().min(0).max(100_000).meta({ description: "Minutes that it took." });
const note = z.string().max(20_000).meta({ description: "What was said." });
const actionItems = z
  .array(
    z.strictObject({
      text: z.string().trim().min(1).max(2000),
      owner: ID.nullable().default(null),
      due: dayIn.nullable().default(null),
      done: z.boolean().default(false),
    }),
  )
  .max(100)
  .meta({ description: "All of them: they replace those there were." });

export const doneBody = z.strictObject({
  result: z.enum(TOUCH_RESULTS),
  minutes: minutes.optional(),
  note: note.optional(),
  action_items: actionItems.optional(),
  set: z
    .record(z.string().min(1).max(200), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .default({})
    .meta({ description: "What the account answered: trait → value; null clears it." }),
});
export const skipBody = z.strictObject({ reason: reasonIn });
export const scheduleBody = z.strictObject({
  starts_at: timeIn,
  with: z
    .array(ID)
    .max(200)
    .default([])
    .meta({ description: "Contacts who are to come: ids, addresses or names." }),
});
export const rescheduleBody = z
  .strictObject({
    due: dayIn.optional().meta({ description: "Its new day." }),
    starts_at: timeIn.optional().meta({
      description: "The new time of an appointment: whoever is invited hears of it.",
    }),
    reason: reasonIn,
  })
  .refine((body) => (body.due === undefined) !== (body.starts_at === undefined), {
    error: "expected a new day (`due`) or a new time (`starts_at`)",
  });
export const snoozeBody = z.strictObject({
  until: timeIn.nullable().meta({ description: "When it comes back; null: now." }),
  reason: reasonIn.nullable().default(null),
});
export const assignBody = z.strictObject({
  owner: ID.nullable().meta({ description: "Team member's id; null: nobody in particular." }),
  reason: reasonIn,
});
export const notesBody = z
  .strictObject({
    note: note.nullable().optional(),
    minutes: minutes.nullable().optional(),
    action_items: actionItems.optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), {
    error: "expected at least one of note, minutes, action_items",
  });
export const addBody = z.strictObject({
  account: ID,
  touchpoint: ID.meta({ description: "What kind of touch, as the model names it." }),
  due: dayIn.optional().meta({ description: "When it is to happen; default: today." }),
  result: z.enum(TOUCH_RESULTS).optional().meta({ description: "Given: it has happened already." }),
  minutes: minutes.optional(),
  note: note.optional(),
});

type Sent = z.infer<typeof actionItems>;

export function actionItemsOf(items: Sent | undefined): readonly ActionItem[] | undefined {
  return items?.map(({ due, ...item }) => ({ ...item, due: due === null ? null : dayOf(due) }));
}
