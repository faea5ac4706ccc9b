import { z } from "zod";
import { keepScenarios, runScenarios } from "../../engine/drafts/scenarios.ts";
import type { FileResult } from "../../engine/run-scenarios.ts";
import { scenariosIn } from "../api/scenario-shapes.ts";
import { diagnosticShape } from "../api/shapes.ts";
import { OPS, READ } from "../api/who-may.ts";
import { problemSchema } from "../problem.ts";
import { contextOf, type Routes } from "../route.ts";
import { filesBody, filesOf, MB } from "./models.ts";

const tags = ["models"];
const textsOut = z.record(z.string(), z.string());
const caseShape = z.object({
  name: z.string(),
  line: z.int(),
  passed: z.boolean(),
  failures: z.array(
    z.object({
      step: z.int().meta({ description: "From 1; 0: the case's own `expect`." }),
      account: z.string().nullable(),
      error: z.string().nullable().meta({
        description: "What is wrong with the scenario itself, where it is no mismatch.",
      }),
      mismatches: z.array(
        z.object({ what: z.string(), expected: z.unknown(), actual: z.unknown() }),
      ),
      decision: z
        .record(z.string(), z.unknown())
        .nullable()
        .meta({ description: "The decision that was found." }),
    }),
  ),
});
const resultShape = z
  .object({
    passed: z.int(),
    failed: z.int(),
    files: z.array(
      z.object({
        file: z.string(),
        cases: z.array(caseShape),
        diagnostics: z
          .array(diagnosticShape)
          .meta({ description: "What keeps the file, or the model it names, from being run." }),
      }),
    ),
  })
  .meta({ id: "ScenarioResults" });

/** The tests that the model has to pass: kept beside it, and run on what somebody edits. */
export const modelScenarios: Routes = (app, deps) => {
  app.get(
    "/api/models/scenarios",
    {
      config: { access: READ },
      schema: {
        operationId: "getScenarios",
        summary: "The scenario files that are kept beside the model.",
        tags,
        response: { 200: z.object({ files: textsOut }), "4xx": problemSchema },
      },
    },
    async () => ({ files: { ...(await deps.store.drafts.scenarios()) } }),
  );

  app.put(
    "/api/models/scenarios",
    {
      config: { access: OPS },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "keepScenarios",
        summary: "Keeps scenario files in place of those there are; the audit log records it.",
        tags,
        body: z.strictObject({ files: scenariosIn }),
        response: { 200: z.object({ changed: z.boolean() }), "4xx": problemSchema },
      },
    },
    async (request) => ({
      changed: await keepScenarios(contextOf(deps, request.caller), request.body.files),
    }),
  );

  app.post(
    "/api/models/scenarios/run",
    {
      config: { access: OPS, tells: [] },
      bodyLimit: 8 * MB,
      schema: {
        operationId: "runScenarios",
        summary:
          "Runs scenarios on a model, as `touchstone test` does: what was expected, what was found. Nothing is stored.",
        tags,
        body: filesBody.extend({
          scenarios: scenariosIn,
          filter: z.string().max(500).optional().meta({
            description: "Only cases whose name holds it.",
          }),
        }),
        response: { 200: resultShape, "4xx": problemSchema },
      },
    },
    async (request) => {
      const { scenarios, filter, ...sent } = request.body;
      const files = await runScenarios(filesOf(sent), scenarios, filter);
      const cases = files.flatMap((file) => file.cases);
      const passed = cases.filter((one) => one.passed).length;
      return { passed, failed: cases.length - passed, files: files.map(fileJson) };
    },
  );
};

function fileJson({ file, cases, diagnostics }: FileResult) {
  return {
    file,
    diagnostics: diagnostics.map((one) => ({ ...one })),
    cases: cases.map(({ name, line, passed, failures }) => ({
      name,
      line,
      passed,
      failures: failures.map(({ step, account, error, mismatches, decision }) => ({
        step,
        account,
        error,
        mismatches: mismatches.map((one) => ({ ...one })),
        decision: decision && { ...decision },
      })),
    })),
  };
}
