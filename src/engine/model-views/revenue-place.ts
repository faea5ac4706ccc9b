import { factPlace } from "../../core/decide/index.ts";
import type { Model } from "../../core/model/index.ts";

/** Where among an account's stored facts its revenue stands; null: the model names none. */
export function revenuePlace(model: Model): number | null {
  const { revenue } = model.workspace;
  return revenue === undefined ? null : factPlace(model, revenue);
}
