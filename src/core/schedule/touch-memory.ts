import type { Model } from "../model/types.ts";

/**
 * For how many days back planning needs an account's closed touches, by their due day or the
 * day they were done; all open ones it needs always.
 */
export function touchMemory(model: Pick<Model, "workspace" | "caps" | "programs">): number {
  const periods = model.programs.flatMap(({ steps }) =>
    steps.map(({ timing }) => (timing.kind === "every" ? timing.period : 0)),
  );
  const plan = model.workspace.planAhead + model.caps.giveUpAfter + 31;
  return Math.max(plan, ...periods);
}
