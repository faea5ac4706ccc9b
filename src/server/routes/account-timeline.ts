import { z } from "zod";
import {
  accountTimeline,
  type TimelineChoice,
  timelineNames,
} from "../../engine/account-timeline.ts";
import { movesWith, type Names, tellEntry } from "../../engine/timeline/tell-entry.ts";
import type { TimelineEntry, TimelineKind } from "../../engine/ports.ts";
import {
  nextCursor,
  pageOf,
  pageQuery,
  placeNumber,
  placeTime,
  readCursor,
} from "../api/cursor.ts";
import { dayIn, dayOf, dayOut, dayText, given, ID, timeOut, timeText } from "../api/fields.ts";
import { exactAccount, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const CHOICES: readonly TimelineChoice[] = ["important", "all", "none"];
const KINDS: readonly TimelineKind[] = ["event", "decision", "audit"];
const PLACE = z.object({ at: placeTime, kind: z.enum(KINDS), seq: placeNumber });

const told = {
  at: timeOut,
  text: z.string().meta({ description: "What happened, in words." }),
  more: z.array(z.string()).meta({ description: "What belongs to it: why, what was noted." }),
};
const eventEntry = z
  .object({
    ...told,
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
        reason: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: "TimelineEvent", description: "Something happened, or became of a touch." });
const movesEntry = z
  .object({
    ...told,
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
    programs_began: z.array(z.string()),
    programs_ended: z.array(z.string()),
  })
  .meta({
    id: "TimelineMoves",
    description:
      "The account's level or stage moved; or another model went live and something of it moved.",
  });
const auditEntry = z
  .object({
    ...told,
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
          from: dayIn.optional(),
          to: dayIn.optional().meta({ description: "The last day, included." }),
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
      const { limit, cursor, events, from, to } = request.query;
      const { id } = await exactAccount(context, request.params.account);
      const list = `timeline ${id}`;
      const after = readCursor(list, PLACE, cursor);
      const query = {
        choice: events,
        ...given({
          from: from === undefined ? undefined : dayOf(from),
          to: to === undefined ? undefined : dayOf(to),
        }),
      };
      const { items, next } = await accountTimeline(context, id, query, after, limit);
      const names = await timelineNames(context, id);
      return { items: items.map((one) => entry(one, names)), next_cursor: nextCursor(list, next) };
    },
  );
};

function entry(one: TimelineEntry, names: Names): z.infer<typeof entryShape> {
  const { text, more } = tellEntry(one, names);
  const head = { at: timeText(one.at) ?? "", text, more: [...more] };
  if (one.kind === "audit") {
    const { by, what, reason, details } = one.audit;
    return { ...head, kind: "person", by, what, reason, details };
  }
  if (one.kind === "decision") {
    const { day, cause, modelVersion } = one.decision;
    const { first, moves, began, ended } = movesWith(one.decision);
    return {
      ...head,
      kind: "decision",
      day: dayText(day) ?? "",
      cause,
      model_version: modelVersion,
      first,
      moves: [...moves],
      programs_began: [...began],
      programs_ended: [...ended],
    };
  }
  const { name, user, engine, properties, touch } = one.event;
  return {
    ...head,
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
      reason: touch.reason,
    },
  };
}
