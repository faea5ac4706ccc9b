import { z } from "zod";
import { examine } from "../../engine/examine.ts";
import { OPS, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";

const channelShape = z
  .object({
    channel: z.string(),
    set_up: z.boolean(),
    missing: z.string().nullable().meta({ description: "What it lacks; null: nothing." }),
  })
  .meta({ id: "ChannelState" });
const checkShape = z
  .object({
    name: z.string(),
    ok: z.boolean(),
    value: z.string(),
    mend: z.string().nullable().meta({ description: "What to do where it is not ok." }),
  })
  .meta({ id: "Check" });
const tags = ["health"];

/** Which channels can reach somebody, and what `touchstone doctor` says. */
export const channels: Routes = (app, deps) => {
  app.get(
    "/api/channels",
    {
      config: { access: READ },
      schema: {
        operationId: "listChannels",
        summary: "Which channels are set up, and what the others lack.",
        tags,
        response: {
          200: z.object({
            sends: z.boolean().meta({ description: "false: a dry run, nothing leaves." }),
            items: z.array(channelShape),
            next_cursor: z.null(),
          }),
          "4xx": problemSchema,
        },
      },
    },
    () => ({
      sends: deps.settings.send,
      items: [...deps.channels.values()].map(({ name, missing }) => ({
        channel: name,
        set_up: missing === null,
        missing,
      })),
      next_cursor: null,
    }),
  );

  app.get(
    "/api/checks",
    {
      config: { access: OPS },
      schema: {
        operationId: "listChecks",
        summary: "What `touchstone doctor` says of database, model, decisions and workers.",
        tags,
        response: {
          200: z.object({ items: z.array(checkShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const found = await examine(contextOf(deps, request.caller));
      return {
        items: found.map(({ name, ok, value, mend }) => ({
          name,
          ok,
          value,
          mend: ok ? null : (mend ?? null),
        })),
        next_cursor: null,
      };
    },
  );
};
