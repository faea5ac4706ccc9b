import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { dayOption } from "../read-options.ts";
import { print, printJsonLine, progressBar } from "../output.ts";
import { tellRun } from "../render/tell-run.ts";

interface Options extends StoreOptions {
  readonly at?: string;
  readonly account?: string[];
  readonly json?: boolean;
}

export const decide: Define = (program) => {
  withStore(
    withJson(
      program
        .command("decide")
        .description("bring all decisions up to date, and say what moved")
        .option("--at <date>", "compute the decisions of a past day instead; nothing is stored")
        .option("--account <id...>", "only these accounts"),
      "print a decision per line",
    ),
  ).action(async (options: Options) => {
    const at = dayOption("--at", options.at);
    await withContext(options, async (context) => {
      if (at !== undefined) {
        const { decisionsOn } = await import("../../engine/decisions-on.ts");
        const { tellDecisionLine } = await import("../render/tell-run.ts");
        for await (const decision of decisionsOn(context, at, options.account)) {
          if (options.json) printJsonLine(decision);
          else print(tellDecisionLine(decision));
        }
        return;
      }
      const { runDecisions } = await import("../../engine/run-decisions.ts");
      const { findAccount } = await import("../../engine/find-account.ts");
      const ids =
        options.account &&
        (await Promise.all(options.account.map((id) => findAccount(context, id)))).map(
          ({ id }) => id,
        );
      const bar = progressBar("deciding");
      const run = await runDecisions(context, { progress: bar, ...(ids ? { ids } : {}) });
      bar.end();
      if (!options.json) {
        print(tellRun(run));
        return;
      }
      for await (const page of context.store.decisions.current(ids))
        for (const { decision } of page) printJsonLine(decision);
    });
  });
};
