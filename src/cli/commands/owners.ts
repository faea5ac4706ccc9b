import type { Command } from "commander";
import { askFirst } from "../ask.ts";
import { UsageError } from "../cli-error.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { note, print, printJson } from "../output.ts";
import { counted } from "../render/words.ts";

interface Options extends StoreOptions {
  readonly json?: boolean;
}

export const owners: Define = (program) => {
  const group = program
    .command("owners")
    .description(
      "who owns which accounts, and who should: suggested moves, made when you accept them",
    );
  withStore(
    withJson(
      group
        .command("list", { isDefault: true })
        .description("who owns what, and where that is not what the levels ask for (the default)"),
    ),
  ).action(async (options: Options) => {
    const { whoOwns } = await import("../../engine/owners/who-owns.ts");
    const { ownersJson } = await import("../../engine/owners/owners-json.ts");
    const { tellOwners } = await import("../render/tell-owners.ts");
    await withContext(options, async (context) => {
      const report = await whoOwns(context);
      if (options.json) printJson(ownersJson(report));
      else print(tellOwners(report));
    });
  });
  suggest(group);
  assign(group);
  accept(group);
};

interface SuggestOptions extends Options {
  readonly out?: string;
}

function suggest(group: Command): void {
  withStore(
    withJson(
      group
        .command("suggest")
        .description("which accounts should get another owner, whom and why; changes nothing")
        .option("--out <file>", "also write them as CSV"),
    ),
  ).action(async (options: SuggestOptions) => {
    const { suggestOwners } = await import("../../engine/owners/suggest-owners.ts");
    const { suggestionsJson } = await import("../../engine/owners/owners-json.ts");
    const { suggestionsCsv, tellSuggestions } = await import("../render/tell-owner-suggestions.ts");
    const { writeFile } = await import("node:fs/promises");
    await withContext(options, async (context) => {
      const suggested = await suggestOwners(context);
      if (options.out !== undefined) {
        await writeFile(options.out, suggestionsCsv(suggested));
        note(`${counted(suggested.suggestions.length, "suggestion")} written to ${options.out}.`);
      }
      if (options.json) printJson(suggestionsJson(suggested));
      else print(tellSuggestions(suggested));
    });
  });
}

interface AssignOptions extends Options {
  readonly reason: string;
}

function assign(group: Command): void {
  withStore(
    withJson(
      group
        .command("assign")
        .description("give an account to somebody, with a task for both sides")
        .argument("<account>")
        .argument("<member>", "a member of the team; `none`: nobody in particular")
        .requiredOption("--reason <text>", "why, for the record"),
    ),
  ).action(async (account: string, member: string, options: AssignOptions) => {
    const { assignOwner } = await import("../../engine/owners/change-owner.ts");
    const { ownersChangedJson } = await import("../../engine/owners/owners-json.ts");
    const { tellOwnersChanged } = await import("../render/tell-owner-suggestions.ts");
    const { peopleNames } = await import("../../engine/explain-account.ts");
    await withContext(options, async (context) => {
      const to = member === "none" ? null : member;
      const done = await assignOwner(context, account, to, options.reason);
      if (options.json) printJson(ownersChangedJson(done));
      else print(tellOwnersChanged(done, await peopleNames(context)));
    });
  });
}

interface AcceptOptions extends Options {
  readonly all?: boolean;
  readonly yes?: boolean;
}

function accept(group: Command): void {
  withStore(
    withJson(
      group
        .command("accept")
        .description("make suggested moves: of the accounts named, or all of them")
        .argument("[accounts...]")
        .option("--all", "every suggestion")
        .option("--yes", "do not ask"),
    ),
  ).action(async (accounts: string[], options: AcceptOptions) => {
    if ((accounts.length === 0) === (options.all !== true))
      throw new UsageError("Name the accounts, or say --all.");
    const { makeMoves, pickSuggested, refuseUnknown } =
      await import("../../engine/owners/change-owner.ts");
    const { suggestOwners } = await import("../../engine/owners/suggest-owners.ts");
    const { ownersChangedJson } = await import("../../engine/owners/owners-json.ts");
    const { tellMoves, tellOwnersChanged } = await import("../render/tell-owner-suggestions.ts");
    await withContext(options, async (context) => {
      const wanted = options.all ? "all" : accounts.map((account) => ({ account }));
      await refuseUnknown(context, wanted);
      const suggested = await suggestOwners(context);
      const moves = pickSuggested(suggested, wanted);
      if (moves.length > 0 && options.yes !== true) {
        note(tellMoves(suggested, moves));
        await askFirst(`Hand over ${counted(moves.length, "account")}?`);
      }
      const done = await makeMoves(context, moves);
      if (options.json) printJson(ownersChangedJson(done));
      else print(tellOwnersChanged(done, suggested.names));
    });
  });
}
