import { z } from "zod";
import { accountHistory as historyOf } from "../../engine/account-history.ts";
import { accountUsage as usageOf, usualRange } from "../../engine/account-usage.ts";
import { dayIn, dayOf, dayOut, dayText, ID, timeOut, timeText } from "../api/fields.ts";
import { exactAccount, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const RANGE = {
  from: dayIn.optional().meta({ description: "Default: 90 days up to the last." }),
  to: dayIn.optional().meta({ description: "The last day, included; default: today." }),
};
const USUAL_DAYS = 90;
const tags = ["accounts"];
const params = z.object({ account: ID });
const day = z.array(dayOut);

const usageShape = z
  .object({
    from: dayOut,
    to: dayOut,
    by: z.enum(["day", "week"]),
    days: day.meta({ description: "First day of each span." }),
    events: z.array(z.object({ name: z.string(), total: z.int(), counts: z.array(z.int()) })),
    users: z.array(z.int()).meta({ description: "People who did anything in each span." }),
    first_event_at: timeOut.nullable(),
    last_event_at: timeOut.nullable(),
  })
  .meta({ id: "AccountUsage", description: "What the users of an account did." });

const historyShape = z
  .object({
    from: dayOut,
    to: dayOut,
    days: day,
    since: dayOut.meta({ description: "Nothing is known of the account before." }),
    decisions: z
      .array(
        z.object({
          day: dayOut,
          at: timeOut,
          cause: z.string(),
          model_version: z.int(),
          level: z.string().nullable(),
          base: z.string().nullable(),
          held: z.boolean(),
          pinned: z.boolean(),
          stage: z.string().nullable(),
          health: z.number().nullable(),
          health_band: z.string().nullable(),
        }),
      )
      .meta({ description: "Stored ones of these days, and the last before; oldest first." }),
    facts: z
      .record(z.string(), z.array(z.number().nullable()))
      .meta({ description: "Values at the end of each day, as far as is known today." }),
    health: z
      .array(z.number().nullable())
      .meta({ description: "Score at the end of each day, by the model that is live now." }),
    numeric: z.array(z.string()).meta({ description: "Facts there are to ask for." }),
  })
  .meta({ id: "AccountHistory", description: "How an account came to where it is." });

export const accountUsage: Routes = (app, deps) => {
  app.get(
    "/api/accounts/:account/usage",
    {
      config: { access: READ },
      schema: {
        operationId: "accountUsage",
        summary: "How often what happened, and how many people did it, by day or week.",
        tags,
        params,
        querystring: z.object({ ...RANGE, by: z.enum(["day", "week"]).default("day") }),
        response: { 200: usageShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const range = await rangeOf(context, request.query);
      const found = await usageOf(context, id, { ...range, by: request.query.by });
      return {
        from: dayText(found.from) ?? "",
        to: dayText(found.to) ?? "",
        by: found.by,
        days: found.days.map((one) => dayText(one) ?? ""),
        events: found.events.map((one) => ({ ...one, counts: [...one.counts] })),
        users: [...found.users],
        first_event_at: timeText(found.first),
        last_event_at: timeText(found.last),
      };
    },
  );

  app.get(
    "/api/accounts/:account/history",
    {
      config: { access: READ },
      schema: {
        operationId: "accountHistory",
        summary: "Level, stage and health over time as decided, with facts of the same days.",
        tags,
        params,
        querystring: z.object({
          ...RANGE,
          facts: z
            .string()
            .max(2000)
            .optional()
            .meta({ description: "Numeric facts, with commas: `arr,logins`." }),
        }),
        response: { 200: historyShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { id } = await exactAccount(context, request.params.account);
      const range = await rangeOf(context, request.query);
      const facts = (request.query.facts ?? "").split(",").filter((name) => name !== "");
      const found = await historyOf(context, id, { ...range, facts });
      return {
        from: dayText(found.from) ?? "",
        to: dayText(found.to) ?? "",
        days: found.days.map((one) => dayText(one) ?? ""),
        since: dayText(found.since) ?? "",
        decisions: found.decisions.map((one) => ({
          day: dayText(one.day) ?? "",
          at: timeText(one.at) ?? "",
          cause: one.cause,
          model_version: one.modelVersion,
          level: one.level,
          base: one.base,
          held: one.held,
          pinned: one.pinned,
          stage: one.stage,
          health: one.score,
          health_band: one.band,
        })),
        facts: Object.fromEntries(
          Object.entries(found.facts).map(([name, values]) => [name, [...values]]),
        ),
        health: [...found.health],
        numeric: [...found.numeric],
      };
    },
  );
};

async function rangeOf(
  context: ReturnType<typeof contextOf>,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<{ from: number; to: number }> {
  const usual = await usualRange(context, USUAL_DAYS);
  const last = to === undefined ? usual.to : dayOf(to);
  return { from: from === undefined ? last - USUAL_DAYS + 1 : dayOf(from), to: last };
}
