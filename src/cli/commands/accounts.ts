import type { Day } from "../../core/time/day.ts";
import type { EngineContext } from "../../engine/context.ts";
import type { AccountList, AccountQuery } from "../../engine/list-accounts.ts";
import type { AccountListThen } from "../../engine/looking-back/list-accounts-then.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { note, print, printJson, progressBar } from "../output.ts";
import { countOption, dayOption } from "../read-options.ts";

interface Options extends StoreOptions {
  readonly where?: string;
  readonly sort?: string;
  readonly limit?: string;
  readonly at?: string;
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
        .option("--at <date>", "as they stood on a past day, by the model that was live then")
        .option("--csv", "as CSV"),
    ),
  ).action(async (options: Options) => {
    const limit = options.limit === undefined ? undefined : countOption("--limit", options.limit);
    const day = dayOption("--at", options.at);
    const query = {
      ...(options.where === undefined ? {} : { where: options.where }),
      ...(options.sort === undefined ? {} : { sort: options.sort }),
      ...(limit === undefined ? {} : { limit }),
    };
    const render = await import("../render/tell-accounts.ts");
    await withContext(options, async (context) => {
      const list = await listOf(context, day, query);
      if (options.json) printJson(render.accountsJson(list));
      else if (options.csv) print(render.accountsCsv(list));
      else {
        const { peopleNames } = await import("../../engine/explain-account.ts");
        print(render.tellAccounts(list, await peopleNames(context)));
      }
      if (list.total > list.accounts.length)
        note(`${list.accounts.length} of ${list.total} shown.`);
    });
  });
};

async function listOf(
  context: EngineContext,
  day: Day | undefined,
  query: AccountQuery,
): Promise<AccountList | AccountListThen> {
  if (day === undefined)
    return (await import("../../engine/list-accounts.ts")).listAccounts(context, query);
  const { listAccountsThen } = await import("../../engine/looking-back/list-accounts-then.ts");
  const bar = progressBar("looking back");
  try {
    return await listAccountsThen(context, day, query, bar);
  } finally {
    bar.end();
  }
}
