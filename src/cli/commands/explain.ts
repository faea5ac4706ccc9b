import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { dayOption } from "../read-options.ts";
import { print, printJson } from "../output.ts";

export const explain: Define = (program) => {
  withStore(
    withJson(
      program
        .command("explain")
        .description(
          "why an account is where it is: every rule with its actual values, and what was missing",
        )
        .argument("<account>", "its id, or a name that only one account has")
        .option("--at <date>", "as it was decided on a past day"),
    ),
  ).action(async (account: string, options: StoreOptions & { at?: string; json?: boolean }) => {
    const { explainAccount } = await import("../../engine/explain-account.ts");
    const at = dayOption("--at", options.at);
    await withContext(options, async (context) => {
      const found = await explainAccount(context, account, at);
      const { tellExplanation, explanationJson } = await import("../render/tell-explanation.ts");
      if (options.json) printJson(explanationJson(found));
      else print(tellExplanation(found));
    });
  });
};
