import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import type { StoreOptions } from "../compose.ts";
import type { Migrated } from "../compose-migrate.ts";
import { print, printJson } from "../output.ts";
import { counted } from "../render/words.ts";

interface Options extends StoreOptions {
  readonly citus?: boolean;
  readonly shards?: string;
  readonly json?: boolean;
}

/** Accounts fall into so many buckets: more parts than these would stay empty. */
const MOST_SHARDS = 256;

export const migrate: Define = (program) => {
  withStore(
    withJson(
      program
        .command("migrate")
        .description("bring the schema up to date (other commands do so as they open the data)")
        .option(
          "--citus",
          "also spread the tables over the servers of the database's Citus cluster, by account",
        )
        .option("--shards <n>", "into how many parts, 1 to 256 (default: what Citus is set to)"),
    ),
  ).action(async (options: Options) => {
    const shards = shardsOf(options);
    const { settingValues } = await import("../compose-serve.ts");
    const { migrateData } = await import("../compose-migrate.ts");
    const citus = options.citus === true ? { shards } : null;
    const migrated = await migrateData(options, settingValues(), citus);
    if (options.json) printJson(migrated);
    else tell(migrated);
  });
};

function shardsOf({ citus, shards }: Options): number | undefined {
  if (shards === undefined) return undefined;
  if (citus !== true)
    throw new UsageError("--shards goes with --citus.", "Give both, or leave --shards out.");
  const count = Number(shards);
  if (!/^\d+$/.test(shards) || count < 1 || count > MOST_SHARDS)
    throw new UsageError(
      `--shards: \`${shards}\` is no number from 1 to ${MOST_SHARDS}.`,
      "Twice as many as the servers there may be one day is a good choice.",
    );
  return count;
}

function tell({ at, ran, spread }: Migrated): void {
  print(
    ran.length === 0
      ? `The schema is up to date: ${at}.`
      : `The schema is at ${at} now: ${counted(ran.length, "migration")} ran.`,
  );
  if (!spread) return;
  const { distributed, reference, shards, servers } = spread;
  const place = `${counted(shards, "shard")} on ${counted(servers, "server")}`;
  print(
    distributed.length + reference.length === 0
      ? `All tables are spread over the cluster: accounts lie on ${place}.`
      : `Spread over the cluster: ${counted(distributed.length, "table")} by account, on ${place}; ${counted(reference.length, "table")} whole on each.`,
  );
}
