import type { EngineContext } from "../context.ts";
import { momentOf } from "../live-model.ts";
import type { Moment } from "../ports.ts";
import { readStoredModel } from "../read-stored.ts";

/** Now, and the workspace's day it is: of the model in force, or UTC's before there is one. */
export async function workspaceMoment(context: EngineContext): Promise<Moment> {
  const stored = await context.store.models.live();
  const { model } = stored ? readStoredModel(stored.source, stored.name) : {};
  return momentOf(context, model?.workspace.timezone ?? "UTC");
}
