import { z } from "zod";
import type { TouchStatus } from "../../core/schedule/types.ts";
import { TOUCH_STATUSES } from "../../core/schedule/touch-words.ts";
import { formatDay } from "../../core/time/day.ts";
import {
  OUTCOMES,
  type Outcome,
  PLANNED,
  touchTallies,
} from "../../engine/book-history/touch-tallies.ts";
import type { TalliedTouch } from "../../engine/ports.ts";
import { nextCursor, pageOf, pageQuery, placeDay, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, dayOut, flagIn, given } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["book"];
const outcome = z.enum(Object.keys(OUTCOMES) as [Outcome, ...Outcome[]]).meta({
  description:
    "`done`; `open`: still ahead or under way; `missed`: missed, skipped, dropped or failed; `off`: cancelled.",
});
const level = z.string().nullable().meta({ description: "The level the account has now." });

const tallyShape = z
  .object({
    today: dayOut,
    from: dayOut,
    to: dayOut,
    weeks: z.array(dayOut),
    levels: z.array(level),
    cells: z.array(
      z.object({
        week: dayOut,
        level,
        human: z.boolean(),
        outcome,
        touches: z.int(),
        minutes: z.number(),
      }),
    ),
  })
  .meta({ id: "TouchTallies", description: "Touches by the week in which they fell due." });

const rowShape = z
  .object({
    id: z.string(),
    account: z.string(),
    account_name: z.string().nullable(),
    title: z.string(),
    channel: z.string(),
    human: z.boolean(),
    owner: z.string().nullable(),
    due: dayOut,
    status: z.enum(TOUCH_STATUSES),
    result: z.string().nullable(),
    reason: z.string().nullable(),
    minutes: z.number(),
    level,
  })
  .meta({ id: "TalliedTouch" });

/** Touches planned and what became of them, and the rows behind each figure. */
export const overviewTouches: Routes = (app, deps) => {
  app.get(
    "/api/overview/touches",
    {
      config: { access: READ },
      schema: {
        operationId: "touchTallies",
        summary: "Touches by week, level and what became of them.",
        tags,
        querystring: z.object({ from: dayIn, to: dayIn.optional() }),
        response: { 200: tallyShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const until = to === undefined ? undefined : dayOf(to);
      const found = await touchTallies(contextOf(deps, request.caller), dayOf(from), until);
      return {
        today: formatDay(found.today),
        from: formatDay(found.from),
        to: formatDay(found.to),
        weeks: found.weeks.map(formatDay),
        levels: [...found.levels],
        cells: found.cells.map((cell) => ({ ...cell, week: formatDay(cell.week) })),
      };
    },
  );

  app.get(
    "/api/overview/touches/list",
    {
      config: { access: READ },
      schema: {
        operationId: "listTalliedTouches",
        summary: "The touches behind a figure, by due day.",
        tags,
        querystring: z.object({
          ...pageQuery,
          from: dayIn,
          to: dayIn,
          human: flagIn.optional(),
          level: z.string().max(200).optional().meta({ description: "Empty: of no level." }),
          outcome: z
            .enum([...outcome.options, "planned"])
            .optional()
            .meta({ description: "`planned`: all but `off`." }),
        }),
        response: { 200: pageOf(rowShape), "4xx": problemSchema },
      },
    },
    async (request) => {
      const { limit, cursor, from, to, human, level: named, outcome: wanted } = request.query;
      const place = z.object({ due: placeDay, account: z.string(), key: z.string() });
      const after = readCursor("tallied-touches", place, cursor);
      const filter = {
        from: dayOf(from),
        to: dayOf(to),
        ...given({ human, statuses: wanted === undefined ? undefined : statusesOf(wanted) }),
        ...(named === undefined ? {} : { level: named === "" ? null : named }),
      };
      const found = await deps.store.history.talliedTouches(filter, after, limit + 1);
      const rows = found.slice(0, limit);
      const last = found.length > limit ? rows.at(-1) : undefined;
      return {
        items: rows.map(rowJson),
        next_cursor: nextCursor(
          "tallied-touches",
          last && { due: last.due, account: last.account, key: last.key },
        ),
      };
    },
  );
};

function rowJson(one: TalliedTouch): z.infer<typeof rowShape> {
  const { id, account, title, channel, human, owner, status, result, reason, minutes } = one;
  return {
    id,
    account,
    account_name: one.accountName,
    title,
    channel,
    human,
    owner,
    due: formatDay(one.due),
    status,
    result,
    reason,
    minutes,
    level: one.level,
  };
}

function statusesOf(wanted: Outcome | "planned"): readonly TouchStatus[] {
  return wanted === "planned" ? PLANNED : OUTCOMES[wanted];
}
