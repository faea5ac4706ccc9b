import type { EngineContext } from "../context.ts";
import { AppError } from "../app-error.ts";
import { nearestOrAll } from "../did-you-mean.ts";
import { liveModel } from "../live-model.ts";
import type { Pause } from "../ports.ts";
import { CHANNELS } from "../../core/model/schema-pieces.ts";
import { pauseText } from "./why-paused.ts";

/** What to pause or resume: everything, a channel or a program. */
export type PauseTarget = Pick<Pause, "scope" | "name">;

export const EVERYTHING: PauseTarget = { scope: "all", name: "" };

export function listPauses({ store }: EngineContext): Promise<Pause[]> {
  return store.pauses.list();
}

/** What has been claimed already still goes. False: it was paused before. */
export async function pauseSending(
  context: EngineContext,
  target: PauseTarget,
  reason: string | null,
): Promise<boolean> {
  await refuseUnknown(context, target);
  const { store, actor, clock } = context;
  const pause = { ...target, since: clock(), by: actor, reason };
  return store.pauses.add(pause, audit(context, target, "sending paused", reason));
}

/** What was held goes again, spread over time. False: it was not paused. */
export async function resumeSending(
  context: EngineContext,
  target: PauseTarget,
  reason: string | null = null,
): Promise<boolean> {
  const { store, clock } = context;
  const entry = audit(context, target, "sending resumed", reason);
  const isGone = await store.pauses.remove(target, entry, clock());
  // a run that was killed in between is made good by resuming once more
  await store.outbox.release({ reason: pauseText(target) });
  return isGone;
}

function audit({ actor }: EngineContext, target: PauseTarget, what: string, reason: string | null) {
  const { scope, name } = target;
  return { by: actor, what, account: null, reason, details: { scope, name } };
}

async function refuseUnknown(context: EngineContext, { scope, name }: PauseTarget): Promise<void> {
  if (scope === "all") return;
  const known: readonly string[] =
    scope === "channel"
      ? CHANNELS
      : (await liveModel(context)).model.programs.map((program) => program.name);
  if (known.includes(name)) return;
  throw new AppError("bad-value", `There is no ${scope} \`${name}\`.`, nearestOrAll(name, known));
}
