import type { Command } from "commander";
import type { ByHand } from "../../engine/account-by-hand.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { dayOption } from "../read-options.ts";
import { print, printJson } from "../output.ts";

interface Options extends StoreOptions {
  readonly until?: string;
  readonly reason: string;
  readonly json?: boolean;
}

export const account: Define = (program) => {
  const group = program
    .command("account")
    .description("change what is decided of an account by hand: pin its level, set its stage");
  byHand(
    group
      .command("pin")
      .description("a person's word on the level, through a day")
      .argument("<account>")
      .argument("<level>")
      .option("--until <date>", "the last day (default: until it is taken back)"),
  ).action(async (id: string, level: string, options: Options) => {
    const { pinLevel } = await import("../../engine/account-by-hand.ts");
    const until = dayOption("--until", options.until) ?? null;
    await withContext(options, async (context) =>
      tell(await pinLevel(context, id, { level, until, reason: options.reason }), options),
    );
  });
  byHand(group.command("unpin").description("take a pin back").argument("<account>")).action(
    async (id: string, options: Options) => {
      const { unpinLevel } = await import("../../engine/account-by-hand.ts");
      await withContext(options, async (context) =>
        tell(await unpinLevel(context, id, options.reason), options),
      );
    },
  );
  byHand(
    group
      .command("stage")
      .description("set where the account stands; evaluation goes on from there")
      .argument("<account>")
      .argument("<stage>"),
  ).action(async (id: string, stage: string, options: Options) => {
    const { setStage } = await import("../../engine/account-by-hand.ts");
    await withContext(options, async (context) =>
      tell(await setStage(context, id, stage, options.reason), options),
    );
  });
};

function byHand(command: Command): Command {
  return withStore(withJson(command.requiredOption("--reason <text>", "why, for the record")));
}

function tell({ account: id, moved }: ByHand, { json }: Options): void {
  if (json) {
    printJson({ account: id, moved });
    return;
  }
  const [move] = moved;
  if (!move) print(`${id}: noted; nothing moved.`);
  else
    print(
      `${id}: level ${move.from.level ?? "none"} -> ${move.to.level ?? "none"}, stage ${move.from.stage ?? "none"} -> ${move.to.stage ?? "none"}.`,
    );
}
