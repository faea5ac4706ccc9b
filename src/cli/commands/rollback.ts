import { askFirst, requireSomebody } from "../ask.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson, progressBar } from "../output.ts";
import { tellInterrupted } from "../tell-interrupted.ts";

interface Options extends StoreOptions {
  readonly yes?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

export const rollback: Define = (program) => {
  withStore(
    withJson(
      program
        .command("rollback")
        .description("go back to the version of the model before this one, with all it changed")
        .option("--yes", "do not ask")
        .option("--reason <text>", "why, for the record"),
    ),
  ).action(async (options: Options) => {
    tellInterrupted(
      "Stopped. It is done whole or not at all: `touchstone overview` names the version that is live.",
    );
    const { previewRollback, rollbackModel } = await import("../../engine/rollback-model.ts");
    const { rollbackJson } = await import("../../engine/rollback/rollback-json.ts");
    const { tellRollback } = await import("../render/plan/tell-rollback.ts");
    await withContext(options, async (context) => {
      if (!options.yes) {
        const preview = await previewRollback(context);
        const { from, to } = preview;
        const question = `Go back from version ${from.version} (${from.name}) to version ${to.version} (${to.name})?`;
        requireSomebody(question);
        print(`${tellRollback(preview, "would")}\n`);
        await askFirst("Do this?");
      }
      const bar = progressBar("going back");
      const done = await rollbackModel(context, {
        ...(options.reason === undefined ? {} : { reason: options.reason }),
        progress: bar,
      });
      bar.end();
      if (options.json) printJson(rollbackJson(done));
      else print(tellRollback(done, "did"));
    });
  });
};
