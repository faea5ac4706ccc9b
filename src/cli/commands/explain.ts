import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
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
    const { parseDay } = await import("../../core/time/day.ts");
    const at = options.at === undefined ? undefined : parseDay(options.at);
    if (options.at !== undefined && at === undefined)
      throw new UsageError(`--at: \`${options.at}\` is no day; write 2026-03-02.`);
    await withContext(options, async (context) => {
      const found = await explainAccount(context, account, at);
      const { tellExplanation, explanationJson } = await import("../render/tell-explanation.ts");
      if (options.json) printJson(explanationJson(found));
      else print(tellExplanation(found));
    });
  });
};
