import { z } from "zod";
import { modelImpact } from "../../engine/impact/model-impact.ts";
import type { ModelImpact } from "../../engine/impact/types.ts";
import { formatDay } from "../../core/time/day.ts";
import { dayOut, given, timeOut, timeText } from "../api/fields.ts";
import { matrixCell, modelDifferenceShape, weekMessages } from "../api/plan-shapes.ts";
import { OPS } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";
import { existingShape } from "../../engine/plan/expected-plan.ts";
import { filesBody, filesOf, MB } from "./models.ts";

const fates = z.object({ made: z.int(), cancelled: z.int(), moved: z.int(), changed: z.int() });
const impactShape = z
  .object({
    as_of: timeOut.meta({ description: "The book is shown as it was then." }),
    is_behind: z.boolean().meta({
      description: "Something has changed since; it is being read, so ask again in a moment.",
    }),
    today: dayOut,
    live: z.object({ version: z.int(), name: z.string() }),
    changes: z.array(modelDifferenceShape),
    accounts: z.object({
      total: z.int(),
      moving: z.int(),
      revenue: z.number(),
      revenue_moving: z.number(),
    }),
    levels: z.array(matrixCell),
    stages: z.array(matrixCell),
    segments: z.array(matrixCell.extend({ segment: z.string() })),
    movers: z
      .array(
        z.object({
          account: z.string(),
          name: z.string().nullable(),
          owner: z.string().nullable(),
          revenue: z.number().nullable(),
          moves: z.array(
            z.object({
              what: z.string(),
              from: z.string().nullable(),
              to: z.string().nullable(),
            }),
          ),
        }),
      )
      .meta({ description: "Most revenue first; 300 at most." }),
    touches: z.object({ human: fates, automated: fates }),
    messages: z.array(weekMessages),
    work: z
      .array(
        z.object({
          week: dayOut,
          before: z.number(),
          after: z.number(),
          has: z.number().nullable(),
        }),
      )
      .meta({ description: "Minutes that people need and have, by week." }),
    affected: z.int().meta({ description: "Accounts that the change may touch." }),
    evaluated: z.int().meta({
      description:
        "Those of them of which it was worked out touch by touch, in the time there was.",
    }),
    exact: z.object({ moves: z.boolean(), work: z.boolean() }).meta({
      description:
        "Whether who moves, and touches, messages and minutes, are what /api/models/plan says; else they are estimated from the accounts that were evaluated.",
    }),
  })
  .meta({ id: "ModelImpact" });

/** Time for working out touch by touch: with the rest, an answer within a second. */
const WORK_MS = 450;

/** What a change would come to, as somebody types. */
export const modelImpacts: Routes = (app, deps) => {
  app.post(
    "/api/models/impact",
    {
      config: { access: OPS, tells: [] },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "modelImpact",
        summary:
          "Who would move and what that brings, within a second: exact where it says so, else estimated. Nothing is written.",
        tags: ["models"],
        body: filesBody.extend({ existing: existingShape.optional() }),
        response: { 200: impactShape, "4xx": problemSchema },
      },
    },
    async (request, reply) => {
      const { existing, ...sent } = request.body;
      const gone = new AbortController();
      // whoever types on asks anew and hangs up: what they asked first is worked on no more
      reply.raw.once("close", () => {
        gone.abort();
      });
      const begun = performance.now();
      try {
        const impact = await modelImpact(contextOf(deps, request.caller), filesOf(sent), {
          ...given({ existing }),
          isEnough: () => performance.now() - begun > WORK_MS,
          signal: gone.signal,
        });
        return impactJson(impact);
      } catch (error) {
        if (!gone.signal.aborted) throw error;
        return reply.hijack();
      }
    },
  );
};

function impactJson(impact: ModelImpact): z.infer<typeof impactShape> {
  const { asOf, isBehind, today, live, accounts, levels, stages, segments, movers, ...rest } =
    impact;
  const { total, moving, revenue, revenueMoving } = accounts;
  const { changes, touches, messages, work, affected, evaluated, exact } = rest;
  return {
    as_of: timeText(asOf) ?? "",
    is_behind: isBehind,
    today: formatDay(today),
    live: { ...live },
    changes: [...changes],
    accounts: { total, moving, revenue, revenue_moving: revenueMoving },
    levels: [...levels],
    stages: [...stages],
    segments: [...segments],
    movers: movers.map(({ moves, ...mover }) => ({ ...mover, moves: [...moves] })),
    touches,
    messages: messages.map((one) => ({ ...one, week: formatDay(one.week) })),
    work: work.map((one) => ({ ...one, week: formatDay(one.week) })),
    affected,
    evaluated,
    exact,
  };
}
