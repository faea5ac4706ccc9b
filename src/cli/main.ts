import { Command, CommanderError } from "commander";
import { EXIT, tellError } from "./cli-error.ts";
import { account } from "./commands/account.ts";
import { accounts } from "./commands/accounts.ts";
import { apply } from "./commands/apply.ts";
import { backup, exportCommand, restore } from "./commands/archive.ts";
import { capacity } from "./commands/capacity.ts";
import { decide } from "./commands/decide.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { explain } from "./commands/explain.ts";
import { facts } from "./commands/facts.ts";
import { importCommand } from "./commands/import.ts";
import { init } from "./commands/init.ts";
import { keys } from "./commands/keys.ts";
import { migrate } from "./commands/migrate.ts";
import { outbox } from "./commands/outbox.ts";
import { owners } from "./commands/owners.ts";
import { overview } from "./commands/overview.ts";
import { pause, resume } from "./commands/pause.ts";
import { plan } from "./commands/plan.ts";
import { rollback } from "./commands/rollback.ts";
import { schema } from "./commands/schema.ts";
import { serve } from "./commands/serve.ts";
import { simulate } from "./commands/simulate.ts";
import { signin } from "./commands/signin.ts";
import { test } from "./commands/test.ts";
import { timeline } from "./commands/timeline.ts";
import { touch } from "./commands/touch.ts";
import { touches } from "./commands/touches.ts";
import { unattributed } from "./commands/unattributed.ts";
import { validate } from "./commands/validate.ts";
import { worker } from "./commands/worker.ts";
import { note } from "./output.ts";
import { programVersion } from "./package-folder.ts";

/** In the order of a first day's work: write a model, bring data in, decide, look, keep safe. */
const COMMANDS = [
  demo,
  init,
  validate,
  test,
  schema,
  importCommand,
  plan,
  apply,
  rollback,
  simulate,
  decide,
  overview,
  capacity,
  explain,
  timeline,
  accounts,
  facts,
  touches,
  touch,
  account,
  owners,
  serve,
  worker,
  signin,
  keys,
  pause,
  resume,
  outbox,
  unattributed,
  backup,
  restore,
  exportCommand,
  migrate,
  doctor,
];

process.exitCode = await run(process.argv.slice(2));

/** Runs one command; answers its exit code (contracts.md §1). */
async function run(args: readonly string[]): Promise<number> {
  const program = new Command("touchstone")
    .description(
      "Decides, for every customer account, every day, how much attention it gets, what happens next, who does it and why.",
    )
    .version(programVersion(), "-V, --version", "print the version")
    .option("--debug", "show where an error comes from")
    .showHelpAfterError("(add --help for how it is used)");
  for (const define of COMMANDS) define(program);
  program.exitOverride();
  for (const command of everyCommand(program)) {
    command.exitOverride().option("--debug", "show where an error comes from");
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { code, text } = tellError(error, args.includes("--debug"));
    if (text !== "") note(text);
    return code;
  }
}

function everyCommand(command: Command): Command[] {
  return command.commands.flatMap((one) => [one, ...everyCommand(one)]);
}
