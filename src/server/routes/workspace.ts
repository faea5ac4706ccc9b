import { z } from "zod";
import { momentFor, presentModel } from "../../engine/edit-account.ts";
import { formatDay } from "../../core/time/day.ts";
import { READ } from "../api/who-may.ts";
import { answers } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const workspaceShape = z
  .object({
    version: z.string().meta({ description: "Of Touchstone." }),
    today: z.iso.date().meta({ description: "In the workspace's time zone." }),
    timezone: z.string(),
    currency: z.string(),
    revenue: z.string().nullable().meta({ description: "The fact shown where money is shown." }),
    renewal: z
      .string()
      .nullable()
      .meta({ description: "The fact shown where renewals are shown." }),
    working_days: z.array(z.int()).meta({ description: "1 is Monday, 7 is Sunday." }),
    model: z
      .object({ name: z.string(), version: z.int() })
      .nullable()
      .meta({ description: "What is live; null: nothing yet." }),
    levels: z.array(z.string()).meta({ description: "Highest first." }),
    stages: z.array(z.string()).meta({ description: "In the lifecycle's order." }),
    bands: z.array(z.string()).meta({ description: "Health bands, best first." }),
    segments: z
      .array(z.object({ name: z.string(), values: z.array(z.string()).nullable() }))
      .meta({ description: "`values`: the segments of a dimension; null: in it or not." }),
    sends: z.boolean().meta({ description: "false: a dry run, nothing leaves the house." }),
  })
  .meta({ id: "Workspace" });

/** What every screen has to know: whose day it is, in which money, by which model. */
export const workspace: Routes = (app, deps) => {
  app.get(
    "/api/workspace",
    {
      config: { access: READ },
      schema: {
        operationId: "getWorkspace",
        summary: "The workspace: today, money, and the names of the live model.",
        tags: ["workspace"],
        response: answers(200, workspaceShape),
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const [model, live] = await Promise.all([presentModel(context), deps.store.models.live()]);
      const { today } = momentFor(context, model);
      return {
        version: deps.version,
        today: formatDay(today),
        timezone: model?.workspace.timezone ?? "UTC",
        currency: model?.workspace.currency ?? "USD",
        revenue: model?.workspace.revenue ?? null,
        renewal: model?.workspace.renewal ?? null,
        working_days: [...(model?.workspace.workingDays ?? [1, 2, 3, 4, 5])],
        model: live && model ? { name: live.name, version: live.version } : null,
        levels: (model?.levels ?? []).map(({ name }) => name),
        stages: (model?.lifecycle?.stages ?? []).map(({ name }) => name),
        bands: (model?.health?.bands ?? []).map(({ name }) => name).reverse(),
        segments: (model?.segments ?? []).map((segment) => ({
          name: segment.name,
          values: segment.kind === "one" ? segment.entries.map(({ name }) => name) : null,
        })),
        sends: deps.settings.send,
      };
    },
  );
};
