import { z } from "zod";
import { applyPlan, type ApplyOptions } from "../../engine/apply-plan.ts";
import { checkModel } from "../../engine/check-model.ts";
import { keepScenarios } from "../../engine/drafts/scenarios.ts";
import { existingShape, expectedParts } from "../../engine/plan/expected-plan.ts";
import { planJson } from "../../engine/plan/plan-json.ts";
import { planModel } from "../../engine/plan/plan-model.ts";
import type { LiveChange } from "../../engine/ports.ts";
import { rollbackJson } from "../../engine/rollback/rollback-json.ts";
import { previewRollback, rollbackModel } from "../../engine/rollback-model.ts";
import { dayIn, dayOf, dayOut, given, reasonIn, timeOut, timeText } from "../api/fields.ts";
import { planShape } from "../api/plan-shapes.ts";
import { scenarioFiles } from "../api/scenario-shapes.ts";
import { diagnosticShape } from "../api/shapes.ts";
import { OPS, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";
import { filesBody, filesOf, MB } from "./models.ts";

const tags = ["models"];
const existingIn = existingShape.optional().meta({
  description:
    "Whether accounts that match already start its programs too (`all`, the default) or only those that come to match (`new`).",
});
const allowIn = z
  .array(z.string().max(100))
  .max(50)
  .default([])
  .meta({ description: "Codes of blocking problems to accept." });
const sinceIn = dayIn.optional().meta({
  description: "The first model: decide the days since then one by one (default: 90).",
});

const planIn = z.looseObject(expectedParts).optional().meta({
  description:
    "The answer of /api/models/plan: refused (`plan-outdated`) where the live model, the accounts that move or a blocking problem are others by now.",
});

const rollbackShape = z.object({
  from: z.object({ version: z.int(), name: z.string() }),
  to: z.object({ version: z.int(), name: z.string() }),
  accounts: z.object({
    total: z.int(),
    restored: z.int().meta({ description: "As they were found when the version went live." }),
    caught_up: z.int().meta({ description: "The same, with what has happened since." }),
    kept_by_hand: z
      .int()
      .meta({ description: "People have set their stage or programs since: they stay." }),
    decided_anew: z.int().meta({ description: "Known only since, or long ago." }),
  }),
  touches: z.object({
    restored: z.int(),
    removed: z.int().meta({ description: "Made by the version and not gone out or done." }),
    staying: z
      .array(
        z.object({
          id: z.string(),
          account: z.string(),
          touchpoint: z.string(),
          title: z.string(),
          due: dayOut,
          status: z.string(),
          result: z.string().nullable(),
        }),
      )
      .meta({ description: "Made by the version, and gone out or done: they stay." }),
  }),
  is_kept: z.boolean().meta({ description: "False: what the version found is not kept any more." }),
});

const changeShape = z
  .object({
    at: timeOut,
    kind: z.enum(["apply", "rollback"]),
    version: z.int(),
    before: z.int().nullable(),
    by: z.string().nullable(),
    reason: z.string().nullable(),
    existing: existingShape,
  })
  .meta({ id: "ModelChange" });

/** Going live with a model and going back: shown first, then done in one transaction. */
export const modelChanges: Routes = (app, deps) => {
  app.get(
    "/api/models/changes",
    {
      config: { access: READ },
      schema: {
        operationId: "listModelChanges",
        summary: "When which version went live, newest first, by whom and why.",
        tags,
        response: {
          200: z.object({ items: z.array(changeShape), next_cursor: z.null() }),
          "4xx": problemSchema,
        },
      },
    },
    async () => {
      const all = await deps.store.changes.list();
      return { items: all.map(changeJson), next_cursor: null };
    },
  );

  app.post(
    "/api/models/plan",
    {
      config: { access: OPS, tells: [] },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "planModel",
        summary: "What going live with a model would change; nothing is written.",
        tags,
        body: filesBody.extend({ existing: existingIn, allow: allowIn, since: sinceIn }),
        response: { 200: planShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { existing, allow, since, ...sent } = request.body;
      const files = filesOf(sent);
      const plan = await planModel(contextOf(deps, request.caller), files, {
        allow,
        checkMessage: deps.checkMessage,
        ...given({ existing, since: since === undefined ? since : dayOf(since) }),
      });
      const { model } = checkModel(files);
      if (!model) throw new Error("what was planned cannot be read");
      return planJson(plan, model) as z.infer<typeof planShape>;
    },
  );

  app.post(
    "/api/models/apply",
    {
      config: { access: OPS },
      bodyLimit: 64 * MB,
      schema: {
        operationId: "applyModel",
        summary:
          "Makes a model live and decides every account by it, in one transaction: all of it or nothing.",
        tags,
        body: filesBody.extend({
          reason: reasonIn,
          since: sinceIn,
          existing: existingIn,
          allow: allowIn,
          plan: planIn,
          scenarios: scenarioFiles.optional().meta({
            description:
              "Scenario files to keep beside the model in place of those there are; left out: they stay.",
          }),
        }),
        response: {
          200: z.object({
            version: z.int(),
            is_new: z.boolean(),
            accounts: z.int(),
            decided: z.int(),
            moving: z.int(),
            touches: z.int(),
            warnings: z.array(diagnosticShape),
          }),
          "4xx": problemSchema,
        },
      },
    },
    async (request) => {
      const { reason, since, existing, allow, plan, scenarios, ...sent } = request.body;
      const files = filesOf(sent);
      const options: ApplyOptions = {
        reason,
        allow,
        checkMessage: deps.checkMessage,
        ...given({ existing, since: since === undefined ? since : dayOf(since) }),
      };
      const context = contextOf(deps, request.caller);
      const what = plan ? { touchstonePlan: 1 as const, plan, files } : files;
      const applied = await applyPlan(context, what, options);
      // asked again after a fall in between, going live does nothing and these are kept
      if (scenarios) await keepScenarios(context, scenarios, reason);
      deps.wake("decide");
      const { version, isNew, run, warnings } = applied;
      return {
        version,
        is_new: isNew,
        accounts: run.accounts,
        decided: run.evaluated,
        moving: applied.plan?.accounts.moving ?? run.moved.length,
        touches: run.touches,
        warnings: warnings.map((one) => ({ ...one })),
      };
    },
  );

  app.get(
    "/api/models/rollback",
    {
      config: { access: OPS },
      schema: {
        operationId: "previewRollback",
        summary: "What going back one version would restore; nothing is written.",
        tags,
        response: { 200: rollbackShape, "4xx": problemSchema },
      },
    },
    async (request) => rollbackJson(await previewRollback(contextOf(deps, request.caller))),
  );

  app.post(
    "/api/models/rollback",
    {
      config: { access: OPS },
      schema: {
        operationId: "rollbackModel",
        summary:
          "Goes back to the version that was live before: accounts and touches as they were, with what has happened since.",
        tags,
        body: z.strictObject({ reason: reasonIn }),
        response: { 200: rollbackShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { reason } = request.body;
      const back = await rollbackModel(contextOf(deps, request.caller), { reason });
      deps.wake("decide");
      return rollbackJson(back);
    },
  );
};

function changeJson(change: LiveChange): z.infer<typeof changeShape> {
  const { at, kind, version, before, by, reason, existing } = change;
  return { at: timeText(at) ?? "", kind, version, before, by, reason, existing };
}
