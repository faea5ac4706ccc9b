import { NotSo, UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { messageCheck, type StoreOptions, withContext } from "../compose.ts";
import { requireModelFiles } from "../model-files.ts";
import { note, print, printJson, progressBar } from "../output.ts";
import { readPlanFile, refuseOther, writePlanFile } from "../plan-file.ts";
import { countOption } from "../read-options.ts";
import { tellInterrupted } from "../tell-interrupted.ts";
import { choicesOf, type PlanChoices, soundModel, withPlanChoices } from "../read-plan-options.ts";

interface Options extends StoreOptions, PlanChoices {
  readonly out?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export const plan: Define = (program) => {
  withStore(
    withJson(
      withPlanChoices(
        program
          .command("plan")
          .description(
            "show what going live with a touch model would change: who moves and why, touches, messages, hours, problems; nothing is written",
          )
          .argument("<model>", "a model file, or a folder with a model.yaml"),
      )
        .option("--out <file>", "keep the plan in a file that `apply` takes")
        .option("--limit <n>", "how many of the accounts that move are shown", "20"),
    ),
  ).action(run);
};

async function run(path: string, options: Options): Promise<void> {
  tellInterrupted("Stopped. A plan changes nothing.");
  const limit = countOption("--limit", options.limit);
  if (options.out !== undefined) await refuseOther(options.out);
  if (await readPlanFile(path)) {
    throw new UsageError(
      `${path} is a plan already, not a model.`,
      `Do what it says with \`touchstone apply ${path}\`.`,
    );
  }
  const files = await requireModelFiles(path);
  const checkMessage = await messageCheck();
  const model = await soundModel(files, checkMessage, "planned");
  const { planModel } = await import("../../engine/plan/plan-model.ts");
  const { tellPlan } = await import("../render/plan/tell-plan.ts");
  const { tellNext } = await import("../render/plan/tell-next.ts");
  const { planJson } = await import("../../engine/plan/plan-json.ts");
  const { blockingProblems } = await import("../../engine/plan-difference.ts");
  const made = await withContext(options, async (context) => {
    const bar = progressBar("planning");
    const found = await planModel(context, files, {
      ...choicesOf(options),
      checkMessage,
      progress: bar,
    });
    bar.end();
    return found;
  });
  if (options.out !== undefined) await writePlanFile(options.out, made, files);
  if (options.json) {
    printJson(planJson(made, model));
    if (options.out !== undefined) note(`The plan is kept in ${options.out}.`);
  } else print(`${tellPlan(made, model, limit)}\n\n${tellNext(made, path, options)}`);
  if (blockingProblems(made).length > 0) throw new NotSo();
}
