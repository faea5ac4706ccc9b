import { type Applied, type ApplyOptions, applyPlan } from "./apply-plan.ts";
import type { ModelFiles } from "./check-model.ts";
import type { EngineContext } from "./context.ts";

/** Makes a model live, whatever the plan says, unless problems block it. */
export function applyModel(
  context: EngineContext,
  files: ModelFiles,
  options: ApplyOptions = {},
): Promise<Applied> {
  return applyPlan(context, files, options);
}
