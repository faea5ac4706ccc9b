import { z } from "zod";
import { dropDraft, keepDraft, readDraft } from "../../engine/drafts/drafts.ts";
import { scenariosIn } from "../api/scenario-shapes.ts";
import { timeOut, timeText } from "../api/fields.ts";
import { OPS } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { type Caller, contextOf, type Routes } from "../route.ts";
import { filesBody, MB } from "./models.ts";

const versionOut = z.int().nullable();
const draftShape = z
  .object({
    rev: z.int().meta({ description: "Goes up with each saving." }),
    base: versionOut.meta({ description: "The version it was made from; null: none was live." }),
    live: versionOut.meta({
      description: "The version that is live; another than `base`: somebody went live since.",
    }),
    made_at: timeOut,
    changed_at: timeOut,
    source: z.string(),
    messages: z.record(z.string(), z.string()),
    scenarios: z.record(z.string(), z.string()),
  })
  .meta({ id: "ModelDraft" });

const tags = ["models"];

/** What a person edits of the model before it goes live: kept on the server, one draft each. */
export const modelDrafts: Routes = (app, deps) => {
  app.get(
    "/api/models/draft",
    {
      config: { access: OPS },
      schema: {
        operationId: "getDraft",
        summary: "Your draft of the model; null: you have none.",
        tags,
        response: {
          200: z.object({ draft: draftShape.nullable() }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const draft = await readDraft(contextOf(deps, request.caller), ownerOf(request.caller));
      if (!draft) return { draft };
      const { madeAt, changedAt, messages, scenarios, ...rest } = draft;
      const times = { made_at: timeText(madeAt) ?? "", changed_at: timeText(changedAt) ?? "" };
      return {
        draft: { ...rest, ...times, messages: { ...messages }, scenarios: { ...scenarios } },
      };
    },
  );

  app.put(
    "/api/models/draft",
    {
      config: { access: OPS, tells: ["drafts"] },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "keepDraft",
        summary: "Keeps your draft, also while it has errors. It changes nothing that is live.",
        tags,
        body: filesBody.extend({
          scenarios: scenariosIn,
          base: versionOut,
          rev: z.int().nullable().meta({
            description:
              "The `rev` that you have read, null where there was none: refused (`changed-by-other`) where it was kept from elsewhere since.",
          }),
        }),
        response: {
          200: z.object({ rev: z.int(), live: versionOut }),
          "4xx": problemSchema,
        },
      },
    },
    (request) => {
      const { rev, ...draft } = request.body;
      return keepDraft(contextOf(deps, request.caller), ownerOf(request.caller), draft, rev);
    },
  );

  app.delete(
    "/api/models/draft",
    {
      config: { access: OPS, tells: ["drafts"] },
      schema: {
        operationId: "dropDraft",
        summary: "Throws your draft away.",
        tags,
        response: { 200: z.object({ dropped: z.boolean() }), "4xx": problemSchema },
      },
    },
    async (request) => ({
      dropped: await dropDraft(contextOf(deps, request.caller), ownerOf(request.caller)),
    }),
  );
};

function ownerOf(caller: Caller | null): string {
  return caller?.member ?? caller?.actor ?? "";
}
