import type { Model, TouchpointDef } from "../core/model/index.ts";
import { AppError } from "./app-error.ts";
import { nearestOrAll } from "./did-you-mean.ts";

/** A touchpoint of the model by its name; AppError `unknown-touchpoint` names the nearest. */
export function findTouchpoint(model: Model, name: string): TouchpointDef {
  const found = model.touchpoints.find((one) => one.name === name);
  if (found) return found;
  throw new AppError(
    "unknown-touchpoint",
    `The model has no touchpoint \`${name}\`.`,
    nearestOrAll(
      name,
      model.touchpoints.map((one) => one.name),
    ),
  );
}
