import type { Model } from "../../core/model/index.ts";
import type { Applied } from "../../engine/apply-plan.ts";
import type { ModelFiles } from "../../engine/check-model.ts";
import type { EngineContext } from "../../engine/context.ts";
import type { ModelPlan, PlanFile } from "../../engine/plan/types.ts";
import type { CheckMessage } from "../../engine/ports/message-check.ts";
import { askFirst, requireSomebody } from "../ask.ts";
import { NotSo, UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { messageCheck, type StoreOptions, withContext, withNewContext } from "../compose.ts";
import { readScenarioTexts, requireModelFiles } from "../model-files.ts";
import { note, print, printJson, progressBar } from "../output.ts";
import { readPlanFile } from "../plan-file.ts";
import { dayOption } from "../read-options.ts";
import { tellInterrupted } from "../tell-interrupted.ts";
import { choicesOf, type PlanChoices, soundModel, withPlanChoices } from "../read-plan-options.ts";

const ACCOUNTS_SHOWN = 20;

interface Options extends StoreOptions, PlanChoices {
  readonly yes?: boolean;
  readonly since?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

export const apply: Define = (program) => {
  withStore(
    withJson(
      withPlanChoices(
        program
          .command("apply")
          .description("make a touch model live, after showing what that changes, and decide by it")
          .argument(
            "<model>",
            "a model file, a folder with a model.yaml, or a plan kept by `plan --out`",
          )
          .option("--yes", "do not ask"),
      )
        .option(
          "--since <date>",
          "the first model: decide the days since then one by one (default: the last 90)",
        )
        .option("--reason <text>", "why, for the record"),
    ),
  ).action(run);
};

/** All that going live needs: the model, where it comes from, and what was chosen. */
interface Going {
  readonly model: Model;
  readonly files: ModelFiles;
  /** From a file; null: a model was given. */
  readonly planFile: PlanFile | null;
  readonly checkMessage: CheckMessage;
  readonly options: Options;
}

async function run(path: string, options: Options): Promise<void> {
  tellInterrupted(
    "Stopped. It is done whole or not at all: `touchstone overview` names the version that is live.",
  );
  dayOption("--since", options.since);
  const planFile = await readPlanFile(path);
  if (planFile && options.existing !== undefined && options.existing !== planFile.plan.existing) {
    throw new UsageError(
      `${path} was planned with --existing ${planFile.plan.existing}, so it cannot be applied with --existing ${options.existing}.`,
      `Plan again with \`touchstone plan MODEL --existing ${options.existing} --out FILE\`.`,
    );
  }
  const files = planFile?.files ?? (await requireModelFiles(path));
  const checkMessage = await messageCheck();
  const model = await soundModel(files, checkMessage, "applied");
  if (planFile && model.hash !== planFile.plan.model.hash) {
    throw new UsageError(
      `The model in ${path} is not the one that was planned: the file was edited.`,
      "Plan again with `touchstone plan MODEL --out FILE`; a plan is not meant to be edited.",
    );
  }
  const going: Going = { model, files, planFile, checkMessage, options };
  // a plan over a live model is for a book that is there
  const withBook = planFile?.plan.live ? withContext : withNewContext;
  await withBook(options, async (context) => {
    const chosen = await choose(context, going);
    if (chosen === "nothing to do") return;
    await make(context, going, chosen);
    const scenarios = await readScenarioTexts(path);
    if (Object.keys(scenarios).length === 0) return;
    // the tests beside the model: the Model screen runs them
    const { keepScenarios } = await import("../../engine/drafts/scenarios.ts");
    await keepScenarios(context, scenarios, options.reason ?? null);
  });
}

/** What to do after the plan was looked at: that plan, or the model as it is where nobody has to look. */
async function choose(
  context: EngineContext,
  going: Going,
): Promise<ModelFiles | PlanFile | "nothing to do"> {
  const { files, planFile, options } = going;
  const live = await context.store.models.live();
  if (planFile?.plan.live && !live) {
    throw new UsageError(
      `The plan is for a book where version ${planFile.plan.live.version} (${planFile.plan.live.name}) is live; here no model is.`,
      "Say where that book is with --data DIR or --database URL, or plan again for this one.",
    );
  }
  const { sameMessages } = await import("../../engine/check-model.ts");
  const isSame = live?.hash === going.model.hash && sameMessages(live.messages, files.messages);
  if (!live || isSame || options.yes) return planFile ?? files;
  requireSomebody(
    `Make ${going.model.name} live in place of version ${live.version} (${live.name})?`,
    "Say --yes to go ahead without asking; `touchstone plan` shows first what it would change.",
  );
  const plan = await planned(context, going);
  const { tellPlan } = await import("../render/plan/tell-plan.ts");
  const { blockingProblems } = await import("../../engine/plan-difference.ts");
  print(`${tellPlan(plan, going.model, ACCOUNTS_SHOWN)}\n`);
  const blocks = blockingProblems(plan);
  if (blocks.length > 0) {
    const codes = [...new Set(blocks.map(({ code }) => code))].join(" ");
    note(
      `It was not applied: a problem blocks it. Accept it with --allow ${codes}, or change the model.`,
    );
    throw new NotSo();
  }
  await askFirst("Do this?");
  // exactly what was looked at, or nothing
  return planFile ?? { touchstonePlan: 1, plan, files };
}

async function planned(context: EngineContext, going: Going): Promise<ModelPlan> {
  const { planModel } = await import("../../engine/plan/plan-model.ts");
  const { planFile, options, checkMessage, files } = going;
  const known = planFile?.plan;
  const allowed = (known?.problems ?? []).filter((one) => one.allowed).map(({ code }) => code);
  const bar = progressBar("planning");
  const plan = await planModel(context, files, {
    existing: options.existing ?? known?.existing ?? "all",
    allow: [...(options.allow ?? []), ...allowed],
    checkMessage,
    progress: bar,
  });
  bar.end();
  return plan;
}

async function make(
  context: EngineContext,
  { model, checkMessage, options }: Going,
  what: ModelFiles | PlanFile,
): Promise<void> {
  const { applyPlan } = await import("../../engine/apply-plan.ts");
  const since = dayOption("--since", options.since);
  const bar = progressBar("deciding");
  const isShown = "touchstonePlan" in what;
  const applied = await withReasons(model, isShown || options.json === true, () =>
    applyPlan(context, what, {
      ...choicesOf(options),
      ...(since === undefined ? {} : { since }),
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      checkMessage,
      progress: bar,
    }),
  );
  bar.end();
  await tell(applied, model, options, isShown);
}

/** Where it is refused, first shows what for: the plan that is blocked, or in what reality has moved away from it. */
async function withReasons<T>(
  model: Model,
  isPlanShown: boolean,
  work: () => Promise<T>,
): Promise<T> {
  const { PlanBlocked, PlanOutdated } = await import("../../engine/plan-difference.ts");
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlanBlocked && !isPlanShown) {
      const { tellPlan } = await import("../render/plan/tell-plan.ts");
      print(`${tellPlan(error.plan, model, ACCOUNTS_SHOWN)}\n`);
    }
    if (error instanceof PlanOutdated) {
      const { tellDifference } = await import("../render/plan/tell-difference.ts");
      note(`${tellDifference(error.difference)}\n`);
    }
    throw error;
  }
}

async function tell(
  applied: Applied,
  model: Model,
  options: Options,
  isPlanShown: boolean,
): Promise<void> {
  const { tellMisfit } = await import("../../engine/misfits.ts");
  for (const misfit of applied.misfits)
    note(`warning: ${tellMisfit(misfit)}: refused, the value before it stays.`);
  if (options.json) {
    const { planJson } = await import("../../engine/plan/plan-json.ts");
    const { version, isNew, run: done, misfits, plan } = applied;
    printJson({
      version,
      is_new: isNew,
      accounts: done.accounts,
      decided: done.evaluated,
      touches: done.touches,
      misfits,
      plan: plan && planJson(plan, model),
    });
    return;
  }
  const { tellApplied } = await import("../render/plan/tell-applied.ts");
  if (applied.plan && !isPlanShown) {
    const { tellPlan } = await import("../render/plan/tell-plan.ts");
    print(`${tellPlan(applied.plan, model, ACCOUNTS_SHOWN)}\n`);
  }
  print(tellApplied(applied));
}
