import { type Command, Option } from "commander";
import type { CheckMessage } from "../engine/ports/message-check.ts";
import type { Model } from "../core/model/index.ts";
import type { ModelFiles } from "../engine/check-model.ts";
import type { Existing } from "../engine/plan/types.ts";
import { NotSo } from "./cli-error.ts";
import { note } from "./output.ts";

export interface PlanChoices {
  readonly existing?: Existing;
  readonly allow?: string[];
}

/** What `plan` and `apply` both ask: how accounts that match already count, and what is accepted. */
export function withPlanChoices(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--existing <who>",
        "whether accounts that match already start programs too, or only newcomers (default: all)",
      ).choices(["all", "new"]),
    )
    .option("--allow <code...>", "accept a problem that would block, by its code");
}

/** The choices that were made, as the engine takes them. */
export function choicesOf({ existing, allow }: PlanChoices): PlanChoices {
  return { ...(existing ? { existing } : {}), ...(allow ? { allow } : {}) };
}

/** The model of some files; with errors all are printed, and the command ends with 1. */
export async function soundModel(
  files: ModelFiles,
  checkMessage: CheckMessage,
  consequence: string,
): Promise<Model> {
  const { checkModel } = await import("../engine/check-model.ts");
  const { sourceOf } = await import("../engine/check-messages.ts");
  const { formatDiagnostic } = await import("../core/model/index.ts");
  const { model, diagnostics } = checkModel(files, checkMessage);
  for (const one of diagnostics) note(`${formatDiagnostic(one, sourceOf(one, files))}\n`);
  if (model && !diagnostics.some(({ severity }) => severity === "error")) return model;
  note(`${files.file} has errors and was not ${consequence}.`);
  throw new NotSo();
}
