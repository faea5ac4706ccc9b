import type { Diagnostic } from "../../core/model/index.ts";
import { NotSo } from "../cli-error.ts";
import { type Define, withJson } from "../command.ts";
import { messageCheck } from "../compose.ts";
import { requireModelFiles } from "../model-files.ts";
import { paint, print, printJson } from "../output.ts";
import { counted } from "../render/words.ts";

export const validate: Define = (program) => {
  withJson(
    program
      .command("validate")
      .description(
        "check touch models: every problem at once, each with its line and how to mend it",
      )
      .argument("<model...>", "model files, or folders with a model.yaml"),
  ).action(async (paths: string[], options: { json?: boolean }) => {
    const { checkModel } = await import("../../engine/check-model.ts");
    const { sourceOf } = await import("../../engine/check-messages.ts");
    const { formatDiagnostic } = await import("../../core/model/index.ts");
    const checkMessage = await messageCheck();
    const all: Diagnostic[] = [];
    for (const path of paths) {
      const files = await requireModelFiles(path);
      const { diagnostics } = checkModel(files, checkMessage);
      all.push(...diagnostics);
      if (!options.json)
        print(
          report(files.file, diagnostics, (one) => formatDiagnostic(one, sourceOf(one, files))),
        );
    }
    const isOk = !all.some(({ severity }) => severity === "error");
    if (options.json) printJson({ ok: isOk, diagnostics: all });
    if (!isOk) throw new NotSo();
  });
};

function report(
  file: string,
  diagnostics: readonly Diagnostic[],
  format: (one: Diagnostic) => string,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const verdict = errors > 0 ? paint("red", counted(errors, "error")) : paint("green", "ok");
  const closing = `${file}: ${verdict}${warnings > 0 ? `, ${counted(warnings, "warning")}` : ""}`;
  return [...diagnostics.map(format), closing].join("\n\n");
}
