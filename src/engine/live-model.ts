import { Evaluator } from "../core/account/evaluate-accounts.ts";
import { compileModel } from "../core/decide/index.ts";
import type { Diagnostic, Model } from "../core/model/index.ts";
import type { Day } from "../core/time/day.ts";
import { localDay } from "../core/time/zone.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { workspaceCalendar } from "./holidays.ts";
import type { Moment, StoredModel } from "./ports.ts";
import { readStoredModel } from "./read-stored.ts";

/** The model in force, compiled, with the calendar of its workspace. */
export interface LiveModel {
  readonly stored: StoredModel;
  readonly model: Model;
  readonly evaluator: Evaluator;
  moment(): Moment;
}

/** The model in force; AppError `no-model` where there is none. */
export async function liveModel(context: EngineContext): Promise<LiveModel> {
  const stored = await context.store.models.live();
  if (!stored) {
    throw new AppError(
      "no-model",
      "No touch model is live, so there is nothing to decide by.",
      "Write one with `touchstone init --template NAME`, then make it live with `touchstone apply MODEL`.",
    );
  }
  return compileStored(context, stored);
}

export function compileStored(context: EngineContext, stored: StoredModel): LiveModel {
  return compileRead(context, stored, readStored(stored).model);
}

/** AppError `invalid-model`: this version of the program does not take it any more. */
export function readStored(stored: StoredModel): {
  readonly model: Model;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { model, diagnostics } = readStoredModel(
    stored.source,
    `${stored.name} (version ${stored.version})`,
  );
  if (!model) {
    const first = diagnostics.find(({ severity }) => severity === "error");
    throw new AppError(
      "invalid-model",
      `Version ${stored.version} of the live model cannot be read by this version of Touchstone: ${first?.message ?? ""}`,
      "Apply a model that `touchstone validate` accepts.",
    );
  }
  return { model, diagnostics };
}

/** @param model what its source was read to */
export function compileRead(context: EngineContext, stored: StoredModel, model: Model): LiveModel {
  return {
    stored,
    model,
    evaluator: new Evaluator(compileModel(model), workspaceCalendar(model.workspace)),
    moment: () => momentOf(context, model.workspace.timezone),
  };
}

export function momentOf(
  context: Pick<EngineContext, "clock">,
  zone: string,
): Moment & { readonly today: Day } {
  const now = context.clock();
  return { now, today: localDay(now, zone) };
}
