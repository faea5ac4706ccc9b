import { z } from "zod";
import { compareVersions } from "../../engine/model-views/compare-versions.ts";
import { lifecycleFlow, stuckAccounts } from "../../engine/model-views/lifecycle-flow.ts";
import { segmentOverlaps } from "../../engine/model-views/segment-overlaps.ts";
import { dayOut, ID, timeOut, timeText, dayText } from "../api/fields.ts";
import { modelDifferenceShape } from "../api/plan-shapes.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const versionIn = z.coerce.number().int().min(1).max(2_000_000_000);
const count = { accounts: z.int(), revenue: z.number() };

const overlapsShape = z
  .object({
    as_of: timeOut,
    ...count,
    segments: z.array(z.object({ name: z.string(), dimension: z.string().nullable(), ...count })),
    pairs: z
      .array(z.object({ a: z.string(), b: z.string(), ...count }))
      .meta({ description: "Accounts in both; pairs that share none are left out." }),
  })
  .meta({ id: "SegmentOverlaps" });

const flowShape = z
  .object({
    as_of: timeOut,
    today: dayOut,
    since: dayOut.meta({ description: "Moves are counted from this day on." }),
    stages: z.array(
      z.object({
        name: z.string(),
        expect: z.int().nullable().meta({ description: "Days that it should take." }),
        ...count,
        overdue: z.int(),
        days_so_far: z.int().nullable().meta({
          description: "Median days for which its accounts have been in it.",
        }),
        days_to_leave: z.int().nullable().meta({
          description: "Median days that those took that left it since then.",
        }),
        criteria: z.array(
          z.object({
            name: z.string(),
            rule: z.string(),
            open: z.int().meta({ description: "Overdue accounts for which it does not hold." }),
            unknown: z.int().meta({ description: "Of these: what it asks for is missing." }),
          }),
        ),
      }),
    ),
    moves: z.array(
      z.object({
        from: z.string().nullable().meta({ description: "null: the accounts were new." }),
        to: z.string(),
        accounts: z.int(),
      }),
    ),
  })
  .meta({ id: "LifecycleFlow" });

const stuckShape = z
  .object({
    total: z.int(),
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        owner: z.string().nullable(),
        revenue: z.number().nullable(),
        since: dayOut,
        days: z.int(),
        open: z.array(
          z.object({
            name: z.string(),
            met: z.boolean().nullable().meta({ description: "null: unknown." }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "StuckAccounts" });

/** What the live model comes to: its segments and lifecycle in numbers, and versions compared. */
export const modelViews: Routes = (app, deps) => {
  app.get(
    "/api/segments/overlaps",
    {
      config: { access: READ },
      schema: {
        operationId: "segmentOverlaps",
        summary: "How many accounts are in each segment and in each two at once, with revenue.",
        tags: ["segments"],
        response: { 200: overlapsShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const found = await segmentOverlaps(contextOf(deps, request.caller));
      const { asOf, segments, pairs, accounts, revenue } = found;
      const [sizes, both] = [[...segments], [...pairs]];
      return { as_of: timeText(asOf) ?? "", accounts, revenue, segments: sizes, pairs: both };
    },
  );

  app.get(
    "/api/lifecycle",
    {
      config: { access: READ },
      schema: {
        operationId: "lifecycleFlow",
        summary:
          "Accounts by stage, moves of the last 90 days, days in stage, and what keeps overdue accounts.",
        tags: ["models"],
        response: { 200: flowShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { asOf, today, since, stages, moves } = await lifecycleFlow(
        contextOf(deps, request.caller),
      );
      return {
        as_of: timeText(asOf) ?? "",
        today: dayText(today) ?? "",
        since: dayText(since) ?? "",
        stages: stages.map(({ daysSoFar, daysToLeave, criteria, ...stage }) => ({
          ...stage,
          days_so_far: daysSoFar,
          days_to_leave: daysToLeave,
          criteria: [...criteria],
        })),
        moves: [...moves],
      };
    },
  );

  app.get(
    "/api/lifecycle/:stage/stuck",
    {
      config: { access: READ },
      schema: {
        operationId: "stuckAccounts",
        summary: "Overdue accounts of a stage, with the exit criteria that are open for each.",
        tags: ["models"],
        params: z.object({ stage: ID }),
        querystring: z.object({
          criterion: z.string().max(500).optional().meta({
            description: "Only those for which this one is open.",
          }),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: stuckShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { criterion, limit } = request.query;
      const context = contextOf(deps, request.caller);
      const found = await stuckAccounts(context, request.params.stage, criterion, limit);
      const items = found.accounts.map(({ open, ...one }) => ({ ...one, open: [...open] }));
      return { total: found.total, items };
    },
  );

  app.get(
    "/api/models/diff",
    {
      config: { access: READ },
      schema: {
        operationId: "compareModels",
        summary: "What one version of the model says other than another, by meaning.",
        tags: ["models"],
        querystring: z.object({ from: versionIn, to: versionIn }),
        response: {
          200: z
            .object({
              from: z.int(),
              to: z.int(),
              changes: z.array(modelDifferenceShape),
              messages: z.object({
                added: z.array(z.string()),
                changed: z.array(z.string()),
                removed: z.array(z.string()),
              }),
            })
            .meta({ id: "ModelDifference" }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const found = await compareVersions(contextOf(deps, request.caller), from, to);
      const { added, changed, removed } = found.messages;
      return {
        from,
        to,
        changes: [...found.changes],
        messages: { added: [...added], changed: [...changed], removed: [...removed] },
      };
    },
  );
};
