import { z } from "zod";
import { formatDay } from "../../core/time/day.ts";
import { factsReport } from "../../engine/facts-report.ts";
import { type Overview, overview } from "../../engine/overview.ts";
import { countUnattributed, listUnattributed } from "../../engine/ingest/unattributed.ts";
import { HELD_REASONS, type HeldReason } from "../../engine/ports/ingest.ts";
import { nextCursor, pageOf, pageQuery, placeTime, readCursor } from "../api/cursor.ts";
import { dayIn, dayOf, dayOut, given, timeOut, timeText } from "../api/fields.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const tags = ["book"];
const shown = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const share = z.object({
  name: z.string(),
  accounts: z.int(),
  revenue: z.number(),
  share: z.number(),
});

const overviewShape = z
  .object({
    model: z.string(),
    version: z.int(),
    today: dayOut,
    currency: z.string().optional(),
    accounts: z.int(),
    revenue: z.number(),
    levels: z.array(
      share.extend({
        base: z.int(),
        base_share: z.number(),
        expected: z.array(z.number()).nullable(),
        finding: z.string().nullable(),
      }),
    ),
    stages: z.array(
      share.extend({
        overdue: z.int(),
        overdue_where: z.string().nullable().meta({ description: "The rule that finds them." }),
      }),
    ),
    bands: z.array(share).meta({ description: "Health bands, the worst first, then unknown." }),
    movers_since: dayOut,
    movers: z.array(
      z.object({
        what: z.enum(["level", "stage"]),
        from: z.string().nullable(),
        to: z.string().nullable(),
        why: z.string(),
        accounts: z.int(),
        examples: z.array(z.string()),
      }),
    ),
    week: z.object({
      from: dayOut,
      to: dayOut,
      work: z.array(
        z.object({
          owner: z.string().nullable(),
          name: z.string(),
          touches: z.int(),
          minutes: z.number(),
          hours: z.number().nullable(),
          what: z.string(),
        }),
      ),
    }),
    needing: z.int().meta({ description: "How many accounts are in need in all." }),
    in_need: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        owner: z.string().nullable(),
        level: z.string().nullable(),
        stage: z.string().nullable(),
        revenue: z.number().nullable(),
        reasons: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: "Overview" });

const factShape = z
  .object({
    fact: z.string(),
    type: z.string(),
    source: z.string(),
    known: z.int(),
    accounts: z.int(),
    lowest: shown,
    median: shown,
    highest: shown,
    commonest: z.array(z.object({ value: shown, accounts: z.int() })),
    newest: z.string().nullable(),
    hint: z.string().nullable(),
  })
  .meta({ id: "FactLine" });

const REASONS = Object.keys(HELD_REASONS) as [HeldReason, ...HeldReason[]];
const heldShape = z
  .object({
    id: z.string(),
    user: z.string(),
    kind: z.enum(["track", "identify"]),
    event: z.string().nullable(),
    at: timeOut,
    arrived: timeOut,
    reason: z.enum(REASONS),
    why: z.string(),
    content: z.looseObject({}),
  })
  .meta({ id: "UnattributedMessage" });

export const book: Routes = (app, deps) => {
  app.get(
    "/api/overview",
    {
      config: { access: READ },
      schema: {
        operationId: "overview",
        summary:
          "The book's picture: who stands where, who moved and why, this week's work, who is in need.",
        tags,
        querystring: z.object({
          since: dayIn.optional().meta({ description: "Movers from this day on; 30 days back." }),
          in_need: z.coerce.number().int().min(0).max(500).optional(),
        }),
        response: { 200: overviewShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { since, in_need: inNeed } = request.query;
      const options = given({ since: since === undefined ? undefined : dayOf(since), inNeed });
      return overviewJson(await overview(contextOf(deps, request.caller), options));
    },
  );

  app.get(
    "/api/facts",
    {
      config: { access: READ },
      schema: {
        operationId: "facts",
        summary:
          "For each fact: of how many accounts it is known, what it is like, where it comes from.",
        tags,
        response: {
          200: z.object({ items: z.array(factShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const lines = await factsReport(contextOf(deps, request.caller));
      return {
        items: lines.map((line) => ({ ...line, commonest: [...line.commonest] })),
        next_cursor: null,
      };
    },
  );

  app.get(
    "/api/unattributed",
    {
      config: { access: READ },
      schema: {
        operationId: "listUnattributed",
        summary:
          "What came in of users who belong to no account yet, or to several; counted in once that is known.",
        tags,
        querystring: z.object({
          ...pageQuery,
          user: z.string().optional(),
          reason: z.enum(REASONS).optional(),
        }),
        response: {
          200: pageOf(heldShape).extend({
            total: z.int(),
            reasons: z.array(
              z.object({
                reason: z.enum(REASONS),
                why: z.string(),
                messages: z.int(),
                users: z.int(),
                oldest: timeOut,
                newest: timeOut,
              }),
            ),
          }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { limit, cursor, user, reason } = request.query;
      const place = z.object({ arrived: placeTime, id: z.string() });
      const after = readCursor("unattributed", place, cursor) ?? undefined;
      const filter = given({ userId: user, reason, after });
      const found = await listUnattributed(context, filter, limit + 1);
      const { messages: total, reasons } = await countUnattributed(context);
      const items = found.slice(0, limit);
      const last = found.length > limit ? items.at(-1) : undefined;
      return {
        items: items.map(({ userId, at, arrived, content, ...one }) => ({
          ...one,
          user: userId,
          at: timeText(at) ?? "",
          arrived: timeText(arrived) ?? "",
          content: { ...content },
        })),
        next_cursor: nextCursor("unattributed", last && { arrived: last.arrived, id: last.id }),
        total,
        reasons: reasons.map(({ oldest, newest, ...one }) => ({
          ...one,
          oldest: timeText(oldest) ?? "",
          newest: timeText(newest) ?? "",
        })),
      };
    },
  );
};

function overviewJson(picture: Overview): z.infer<typeof overviewShape> {
  const { model, today, moversSince, week, inNeed, levels, stages, bands, movers, ...rest } =
    picture;
  const { currency } = model.workspace;
  return {
    model: model.name,
    version: rest.version,
    today: formatDay(today),
    ...given({ currency }),
    accounts: rest.accounts,
    revenue: rest.revenue,
    levels: levels.map(({ baseShare, expected, ...one }) => ({
      ...one,
      base_share: baseShare,
      expected: expected && [...expected],
    })),
    stages: stages.map(({ expect, ...one }) => ({
      ...one,
      overdue_where: expect === null ? null : `stage == "${one.name}" && days_in_stage > ${expect}`,
    })),
    bands: bands.map((one) => ({ ...one })),
    movers_since: formatDay(moversSince),
    movers: movers.map((one) => ({ ...one, examples: [...one.examples] })),
    week: {
      from: formatDay(week.from),
      to: formatDay(week.to),
      work: week.work.map((one) => ({ ...one })),
    },
    needing: rest.needing,
    in_need: inNeed.map(({ id, name, owner, level, stage, revenue, reasons }) => ({
      id,
      name,
      owner,
      level,
      stage,
      revenue,
      reasons: [...reasons],
    })),
  };
}
