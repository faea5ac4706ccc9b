import { writeFile } from "node:fs/promises";
import { z } from "zod";
import type { ModelFiles } from "../engine/check-model.ts";
import { expectedParts } from "../engine/plan/expected-plan.ts";
import type { ModelPlan, PlanFile } from "../engine/plan/types.ts";
import { UsageError } from "./cli-error.ts";
import { isFolder, readText } from "./model-files.ts";

/** What a plan file must say to be applied; the rest of the plan is for people. */
const shape = z.looseObject({
  touchstonePlan: z.literal(1),
  plan: z.looseObject({
    madeAt: z.number(),
    today: z.number(),
    model: z.looseObject({ name: z.string(), hash: z.string() }),
    ...expectedParts,
  }),
  files: z.looseObject({
    file: z.string(),
    source: z.string(),
    messages: z.record(z.string(), z.string()),
  }),
});

const MARK = '"touchstonePlan"';

/** A plan file, told from a model by what is in it; null: it is no plan. UsageError: a damaged one. */
export async function readPlanFile(path: string): Promise<PlanFile | null> {
  if (await isFolder(path)) return null;
  const text = await readText(path);
  if (text === null || !isPlan(text)) return null;
  const read = shape.safeParse(parsed(text));
  if (!read.success) {
    throw new UsageError(
      `${path} is a plan file, but a damaged one${place(read.error)}.`,
      "Plan again with `touchstone plan MODEL --out FILE`; a plan is not meant to be edited.",
    );
  }
  return read.data as unknown as PlanFile;
}

/** Keeps a plan with all that applying it needs; never in place of what is no plan. */
export async function writePlanFile(
  path: string,
  plan: ModelPlan,
  files: ModelFiles,
): Promise<void> {
  await refuseOther(path);
  const file: PlanFile = { touchstonePlan: 1, plan, files };
  await writeFile(path, `${JSON.stringify(file, null, 1)}\n`);
}

/** Said before the work of planning, and again before writing. */
export async function refuseOther(path: string): Promise<void> {
  const text = (await isFolder(path)) ? "" : await readText(path);
  if (text !== null && !isPlan(text)) {
    throw new UsageError(
      `${path} is there already and is no plan: it was left as it is.`,
      "Give --out another name.",
    );
  }
}

function isPlan(text: string): boolean {
  return text.trimStart().startsWith("{") && text.includes(MARK);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function place({ issues: [first] }: z.ZodError): string {
  const path = (first?.path ?? []).join(".");
  return path === "" ? "" : ` (at ${path})`;
}
