import { diffModels } from "../../core/model/diff/index.ts";
import type { ModelChange } from "../../core/model/diff/types.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { compileStored } from "../live-model.ts";

export interface VersionDifference {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly ModelChange[];
  /** Message files: names such as `welcome.en`. */
  readonly messages: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
}

/** What one version of the model says other than another, by meaning. */
export async function compareVersions(
  context: EngineContext,
  from: number,
  to: number,
): Promise<VersionDifference> {
  const [before, after] = [await version(context, from), await version(context, to)];
  const [old, now] = [before.stored.messages, after.stored.messages];
  const names = Object.keys(now).toSorted();
  return {
    from,
    to,
    changes: diffModels(before.model, after.model),
    messages: {
      added: names.filter((name) => old[name] === undefined),
      changed: names.filter((name) => old[name] !== undefined && old[name] !== now[name]),
      removed: Object.keys(old)
        .filter((name) => now[name] === undefined)
        .toSorted(),
    },
  };
}

async function version(context: EngineContext, wanted: number) {
  const stored = await context.store.models.version(wanted);
  if (stored) return compileStored(context, stored);
  const { next } = await context.store.changes.head();
  throw new AppError(
    "unknown-version",
    `There is no version ${wanted} of the model.`,
    next > 1 ? `There are: 1 to ${next - 1}.` : "No model has gone live yet.",
  );
}
