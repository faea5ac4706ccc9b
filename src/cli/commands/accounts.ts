import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { note, print, printJson } from "../output.ts";
import { countOption } from "../read-options.ts";

interface Options extends StoreOptions {
  readonly where?: string;
  readonly sort?: string;
  readonly limit?: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

export const accounts: Define = (program) => {
  withStore(
    withJson(
      program
        .command("accounts")
        .description("list accounts with their level, stage, health and segments")
        .option(
          "--where <rule>",
          `only those for which a rule holds, like 'level == "high" && health < 50'`,
        )
        .option("--sort <name>", "by a fact or anything else that is known; -name turns it around")
        .option("--limit <n>", "at most so many")
        .option("--csv", "as CSV"),
    ),
  ).action(async (options: Options) => {
    const limit = options.limit === undefined ? undefined : countOption("--limit", options.limit);
    const { listAccounts } = await import("../../engine/list-accounts.ts");
    const { accountsCsv, accountsJson, tellAccounts } = await import("../render/tell-accounts.ts");
    await withContext(options, async (context) => {
      const list = await listAccounts(context, {
        ...(options.where === undefined ? {} : { where: options.where }),
        ...(options.sort === undefined ? {} : { sort: options.sort }),
        ...(limit === undefined ? {} : { limit }),
      });
      if (options.json) printJson(accountsJson(list));
      else if (options.csv) print(accountsCsv(list));
      else print(tellAccounts(list));
      if (list.total > list.accounts.length)
        note(`${list.accounts.length} of ${list.total} shown.`);
    });
  });
};
