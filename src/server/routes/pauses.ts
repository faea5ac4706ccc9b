import { z } from "zod";
import { listPauses, pauseSending, resumeSending } from "../../engine/outbox/pauses.ts";
import type { EngineContext } from "../../engine/context.ts";
import { reasonIn, timeOut, timeText } from "../api/fields.ts";
import { OPS, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const target = {
  scope: z.enum(["all", "channel", "program"]),
  name: z.string().max(200).default("").meta({ description: "Which channel or program." }),
};
const pauseShape = z
  .object({
    scope: z.enum(["all", "channel", "program"]),
    name: z.string(),
    since: timeOut,
    by: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "Pause", description: "Sending that is held." });
const listShape = z.object({ items: z.array(pauseShape), next_cursor: z.null() });
const tags = ["pauses"];
const response = { 200: listShape, "4xx": problemSchema };

export const pauses: Routes = (app, deps) => {
  app.get(
    "/api/pauses",
    {
      config: { access: READ },
      schema: { operationId: "listPauses", summary: "What is held.", tags, response },
    },
    async (request) => list(contextOf(deps, request.caller)),
  );

  app.post(
    "/api/pauses",
    {
      config: { access: OPS },
      schema: {
        operationId: "pause",
        summary: "Holds everything, a channel or a program.",
        tags,
        body: z.strictObject({ ...target, reason: reasonIn }),
        response,
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { reason, ...what } = request.body;
      await pauseSending(context, what, reason);
      return list(context);
    },
  );

  app.post(
    "/api/pauses/resume",
    {
      config: { access: OPS },
      schema: {
        operationId: "resume",
        summary: "Lets it go again: what was held is spread, what is too late is dropped.",
        tags,
        body: z.strictObject({ ...target, reason: reasonIn.optional() }),
        response,
      },
    },
    async (request) => {
      const context = contextOf(deps, request.caller);
      const { reason = null, ...what } = request.body;
      await resumeSending(context, what, reason);
      deps.wake("deliver");
      return list(context);
    },
  );
};

async function list(context: EngineContext): Promise<z.infer<typeof listShape>> {
  const items = (await listPauses(context)).map(({ scope, name, since, by, reason }) => ({
    scope,
    name,
    since: timeText(since) ?? "",
    by,
    reason,
  }));
  return { items, next_cursor: null };
}
