import type { Command } from "commander";

/** Adds one command to the program. What is heavy is imported when the command runs. */
export type Define = (program: Command) => void;

/** Options every command that opens the store has. */
export function withStore(command: Command): Command {
  return command
    .option(
      "--data <dir>",
      "the embedded database's folder (or TOUCHSTONE_DATA; default ./touchstone-data)",
    )
    .option("--database <url>", "a Postgres server instead (or DATABASE_URL)");
}

export function withJson(command: Command, what = "print one JSON document"): Command {
  return command.option("--json", what);
}
