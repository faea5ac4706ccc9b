import { z } from "zod";
import { AppError } from "../../engine/app-error.ts";
import { checkModelInTurns, type ModelFiles } from "../../engine/check-model.ts";
import { takeTurns } from "../../engine/impact/take-turns.ts";
import { existingShape } from "../../engine/plan/expected-plan.ts";
import type { ModelVersion, StoredModel } from "../../engine/ports.ts";
import { timeOut, timeText } from "../api/fields.ts";
import { diagnosticShape } from "../api/shapes.ts";
import { READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import type { Routes } from "../route.ts";

const versionShape = z
  .object({
    version: z.int(),
    name: z.string(),
    hash: z.string(),
    applied_at: timeOut,
    by: z.string().nullable(),
    reason: z.string().nullable(),
    parent: z.int().nullable().meta({
      description: "The version that was live when it was applied: a rollback goes there.",
    }),
    existing: existingShape.meta({
      description: "Whether accounts that matched when it went live started programs too.",
    }),
    live: z.boolean(),
  })
  .meta({ id: "ModelVersion" });
const modelShape = versionShape
  .extend({
    source: z.string().meta({ description: "The model file, as it was applied." }),
    messages: z.record(z.string(), z.string()),
  })
  .meta({ id: "Model" });

export const MB = 1024 * 1024;
export const filesBody = z.strictObject({
  source: z
    .string()
    .min(1)
    .max(4 * MB)
    .meta({ description: "The text of the model file." }),
  messages: z
    .record(z.string(), z.string().max(MB))
    .refine(
      (sent) => Object.keys(sent).every((name) => /^[a-z][a-z0-9_]*\.[A-Za-z-]+$/.test(name)),
      {
        error: "expected names like welcome.en",
      },
    )
    .default({})
    .meta({ description: "`welcome.en` → text of `messages/welcome.en.liquid`." }),
});
const tags = ["models"];

export const models: Routes = (app, deps) => {
  app.get(
    "/api/models",
    {
      config: { access: READ },
      schema: {
        operationId: "listModels",
        summary: "All versions of the touch model, newest first, and which of them is live.",
        tags,
        response: {
          200: z.object({ items: z.array(versionShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async () => {
      const all = await deps.store.models.list();
      const live = await deps.store.models.liveVersion();
      return { items: all.map((one) => versionJson(one, live)), next_cursor: null };
    },
  );

  app.get(
    "/api/models/:version",
    {
      config: { access: READ },
      schema: {
        operationId: "getModel",
        summary: "One version with its source and messages; `live` is the one in force.",
        tags,
        params: z.object({
          version: z.union([z.literal("live"), z.coerce.number().int().min(1).max(2_000_000_000)], {
            error: "expected a version number, or `live`",
          }),
        }),
        response: { 200: modelShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { version } = request.params;
      const live = await deps.store.models.live();
      const found = version === "live" ? live : await deps.store.models.version(version);
      if (found) return modelJson(found, live?.version);
      if (!live) throw noModel();
      throw new AppError(
        "unknown-version",
        `There is no version ${version} of the model.`,
        `There are: 1 to ${(await deps.store.changes.head()).next - 1}.`,
      );
    },
  );

  app.post(
    "/api/models/validate",
    {
      config: { access: READ, tells: [] },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "validateModel",
        summary: "All checks of a model file: every problem at once, each with its line.",
        tags,
        body: filesBody,
        response: {
          200: z.object({ ok: z.boolean(), diagnostics: z.array(diagnosticShape) }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      // as somebody types, and others' requests are not to wait for it
      const { diagnostics } = await checkModelInTurns(
        filesOf(request.body),
        () => takeTurns(undefined),
        deps.checkMessage,
      );
      const ok = diagnostics.every(({ severity }) => severity !== "error");
      return { ok, diagnostics: diagnostics.map((one) => ({ ...one })) };
    },
  );
};

export function filesOf({ source, messages }: Omit<ModelFiles, "file">): ModelFiles {
  return { file: "model.yaml", source, messages };
}

function versionJson(
  { version, name, hash, appliedAt, by, reason, parent, existing }: ModelVersion,
  live: number | null | undefined,
): z.infer<typeof versionShape> {
  const own = { version, name, hash, by, reason, parent, existing };
  return { ...own, applied_at: timeText(appliedAt) ?? "", live: version === live };
}

function modelJson(model: StoredModel, live: number | undefined): z.infer<typeof modelShape> {
  return { ...versionJson(model, live), source: model.source, messages: { ...model.messages } };
}

function noModel(): AppError {
  return new AppError(
    "no-model",
    "No touch model is live.",
    "Make one live with POST /api/models/apply, or `touchstone apply MODEL`.",
  );
}
