import type { Decision } from "../core/decide/index.ts";
import { decisionEnv } from "../core/explain/index.ts";
import type { Model } from "../core/model/index.ts";

/** What an account is worth, by the fact that the model names for it; null: unknown. */
export function revenueOf(model: Model, decision: Decision): number | null {
  const { revenue } = model.workspace;
  const value = revenue === undefined ? null : decisionEnv(model, decision).get(revenue);
  return typeof value === "number" ? value : null;
}
