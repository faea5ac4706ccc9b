import { confirm, isCancel } from "@clack/prompts";
import { UsageError, NotSo } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { messageCheck, type StoreOptions, withNewContext } from "../compose.ts";
import { requireModelFiles } from "../model-files.ts";
import { dayOption } from "../read-options.ts";
import { note, print, printJson, progressBar } from "../output.ts";
import { counted } from "../render/words.ts";

interface Options extends StoreOptions {
  readonly yes?: boolean;
  readonly since?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

export const apply: Define = (program) => {
  withStore(
    withJson(
      program
        .command("apply")
        .description("make a touch model live and decide every account by it")
        .argument("<model>", "a model file, or a folder with a model.yaml")
        .option("--yes", "do not ask")
        .option(
          "--since <date>",
          "the first model: decide the days since then one by one (default: the last 90)",
        )
        .option("--reason <text>", "why, for the record"),
    ),
  ).action(async (path: string, options: Options) => {
    const { applyModel, checkModel } = await import("../../engine/apply-model.ts");
    const { tellMisfit } = await import("../../engine/misfits.ts");
    const { sourceOf } = await import("../../engine/check-messages.ts");
    const { formatDiagnostic } = await import("../../core/model/index.ts");
    const checkMessage = await messageCheck();
    const files = await requireModelFiles(path);
    const since = dayOption("--since", options.since);
    const { model, diagnostics } = checkModel(files, checkMessage);
    for (const one of diagnostics) note(`${formatDiagnostic(one, sourceOf(one, files))}\n`);
    if (!model || diagnostics.some(({ severity }) => severity === "error")) {
      note(`${files.file} has errors and was not applied.`);
      throw new NotSo();
    }
    await withNewContext(options, async (context) => {
      const live = await context.store.models.live();
      if (live && live.hash !== model.hash) {
        note(
          `Version ${live.version} (${live.name}) is live. This version of Touchstone applies a later model whole: it decides every account by it at once, without showing first what would change.`,
        );
        if (!options.yes) await ask(`Replace it by ${model.name}?`);
      }
      const bar = progressBar("deciding");
      const applied = await applyModel(context, files, {
        progress: bar,
        checkMessage,
        ...(since === undefined ? {} : { since }),
        ...(options.reason === undefined ? {} : { reason: options.reason }),
      });
      bar.end();
      const { version, isNew, run, misfits } = applied;
      for (const misfit of misfits)
        note(`warning: ${tellMisfit(misfit)}: refused, the value before it stays.`);
      if (options.json) {
        printJson({
          version,
          is_new: isNew,
          accounts: run.accounts,
          decided: run.evaluated,
          touches: run.touches,
          misfits,
        });
        return;
      }
      const isDecidedElsewhere = isNew && run.evaluated < run.accounts;
      print(
        `${model.name} is live as version ${version}${isNew ? "" : " (it was already)"}. ` +
          `${counted(run.evaluated, "account")} decided${isDecidedElsewhere ? ` here, the rest of ${run.accounts} by the server that is running` : ""}, ${counted(run.touches, "touch", "touches")} planned or changed.`,
      );
      if (run.accounts === 0)
        print("There are no accounts yet: bring them in with `touchstone import`.");
    });
  });
};

async function ask(question: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UsageError(
      `${question} Nobody is there to answer.`,
      "Say --yes to go ahead without asking.",
    );
  const answer = await confirm({ message: question, output: process.stderr });
  if (isCancel(answer) || !answer) throw new NotSo();
}
