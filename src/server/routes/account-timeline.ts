import { z } from "zod";
import { accountTimeline, movesWith, type TimelineChoice } from "../../engine/account-timeline.ts";
import type { TimelineEntry, TimelineKind } from "../../engine/ports.ts";
import {
  nextCursor,
  pageOf,
  pageQuery,
  placeNumber,
  placeTime,
  readCursor,
} from "../api/cursor.ts";
import { dayOut, dayText, ID, timeOut, timeText } from "../api/fields.ts";
import { exactAccount, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const CHOICES: readonly TimelineChoice[] = ["important", "all", "none"];
const KINDS: readonly TimelineKind[] = ["event", "decision", "audit"];
const PLACE = z.object({ at: placeTime, kind: z.enum(KINDS), seq: placeNumber });

const eventEntry = z
  .object({
    at: timeOut,
    kind: z.literal("event"),
    event: z.string(),
    user: z.string().nullable(),
    by_touchstone: z.boolean(),
    properties: z.record(z.string(), z.unknown()),
    touch: z
      .object({
        id: z.string(),
        title: z.string(),
        owner: z.string().nullable(),
        note: z.string().nullable(),
        minutes_spent: z.number().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "TimelineEvent", description: "Something happened, or became of a touch." });
const movesEntry = z
  .object({
    at: timeOut,
    kind: z.literal("decision"),
    day: dayOut,
    cause: z.string(),
    model_version: z.int(),
    first: z.boolean(),
    moves: z.array(
      z.object({
        what: z.enum(["level", "stage"]),
        from: z.string().nullable(),
        to: z.string().nullable(),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: "TimelineMoves", description: "The account's level or stage moved." });
const auditEntry = z
  .object({
    at: timeOut,
    kind: z.literal("person"),
    by: z.string().nullable(),
    what: z.string(),
    reason: z.string().nullable(),
    details: z.unknown(),
  })
  .meta({ id: "TimelinePerson", description: "Somebody changed something by hand." });
const entryShape = z.discriminatedUnion("kind", [eventEntry, movesEntry, auditEntry]);

export const timeline: Routes = (app, deps) => {
  app.get(
    "/api/accounts/:account/timeline",
    {
      config: { access: READ },
      schema: {
        operationId: "accountTimeline",
        summary:
          "What happened to an account, where it moved and why, what people did; newest first.",
        tags: ["accounts"],
        params: z.object({ account: ID }),
        querystring: z.object({
          ...pageQuery,
          events: z.enum(CHOICES).default("important").meta({
            description:
              "Which of what the users did: what programs wait for, and first times (important), all, or none.",
          }),
        }),
        response: { 200: pageOf(entryShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { limit, cursor, events } = request.query;
      const { id } = await exactAccount(context, request.params.account);
      const list = `timeline ${id}`;
      const after = readCursor(list, PLACE, cursor);
      const { items, next } = await accountTimeline(context, id, events, after, limit);
      return { items: items.map(entry), next_cursor: nextCursor(list, next) };
    },
  );
};

function entry(one: TimelineEntry): z.infer<typeof entryShape> {
  const at = timeText(one.at) ?? "";
  if (one.kind === "audit") {
    const { by, what, reason, details } = one.audit;
    return { at, kind: "person", by, what, reason, details };
  }
  if (one.kind === "decision") {
    const { day, cause, modelVersion } = one.decision;
    const { first, moves } = movesWith(one.decision);
    return {
      at,
      kind: "decision",
      day: dayText(day) ?? "",
      cause,
      model_version: modelVersion,
      first,
      moves: [...moves],
    };
  }
  const { name, user, engine, properties, touch } = one.event;
  return {
    at,
    kind: "event",
    event: name,
    user,
    by_touchstone: engine,
    properties: { ...properties },
    touch: touch && {
      id: touch.id,
      title: touch.title,
      owner: touch.owner,
      note: touch.note,
      minutes_spent: touch.minutesSpent,
    },
  };
}
