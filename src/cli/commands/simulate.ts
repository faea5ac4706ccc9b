import { Option } from "commander";
import type { ModelFiles } from "../../engine/check-model.ts";
import { NotSo } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { requireModelFiles } from "../model-files.ts";
import { note, print, printJson, progressBar } from "../output.ts";
import { dayOption } from "../read-options.ts";

interface Options extends StoreOptions {
  readonly from: string;
  readonly to: string;
  readonly vs?: string;
  readonly ended?: string;
  readonly by: "week" | "month";
  readonly json?: boolean;
}

export const simulate: Define = (program) => {
  withStore(
    withJson(
      program
        .command("simulate")
        .description("go over stored history day by day with a model; nothing is written")
        .argument("<model>", "a model file, or a folder with a model.yaml")
        .requiredOption("--from <date>", "the first day")
        .requiredOption("--to <date>", "the last day")
        .option("--vs <model>", "another model, to be shown beside it")
        .option(
          "--ended <event>",
          "the event that marks an account's end (or account:closed): was it noticed in time?",
        )
        .addOption(
          new Option("--by <period>", "add the days up by")
            .choices(["week", "month"])
            .default("week"),
        ),
    ),
  ).action(async (path: string, options: Options) => {
    const from = dayOption("--from", options.from) ?? 0;
    const to = dayOption("--to", options.to) ?? 0;
    const files = await readable(path);
    const vs = options.vs === undefined ? undefined : await readable(options.vs);
    const { simulateModel } = await import("../../engine/simulate/simulate-model.ts");
    const reading = progressBar("reading accounts");
    const living = progressBar("going over days");
    const simulation = await withContext(options, (context) =>
      simulateModel(context, files, {
        from,
        to,
        by: options.by,
        ...(vs ? { vs } : {}),
        ...(options.ended === undefined ? {} : { ended: options.ended }),
        onRead: reading,
        onDay: living,
      }),
    ).finally(() => {
      reading.end();
      living.end();
    });
    if (options.json) {
      const { simulationJson } = await import("../render/tell-simulation-json.ts");
      printJson(simulationJson(simulation));
      return;
    }
    const { tellSimulation } = await import("../render/tell-simulation.ts");
    print(tellSimulation(simulation));
  });
};

/** A model without errors; all that is wrong with it is told at once, with its lines. */
async function readable(path: string): Promise<ModelFiles> {
  const { checkModel } = await import("../../engine/check-model.ts");
  const { sourceOf } = await import("../../engine/check-messages.ts");
  const { formatDiagnostic } = await import("../../core/model/index.ts");
  const files = await requireModelFiles(path);
  const errors = checkModel(files).diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return files;
  for (const one of errors) note(`${formatDiagnostic(one, sourceOf(one, files))}\n`);
  note(`${files.file} has errors and was not simulated.`);
  throw new NotSo();
}
