import type { Command } from "commander";
import type { PauseTarget } from "../../engine/outbox/pauses.ts";
import { type Define, withJson, withStore } from "../command.ts";
import { type StoreOptions, withContext } from "../compose.ts";
import { print, printJson } from "../output.ts";
import { UsageError } from "../cli-error.ts";

interface Options extends StoreOptions {
  readonly channel?: string;
  readonly program?: string;
  readonly reason?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

export const pause: Define = (program) => {
  withTarget(
    program
      .command("pause")
      .description("stop sending: everything, one channel or one program")
      .option("--list", "only show what is paused"),
  ).action(async (options: Options) => {
    const { listPauses, pauseSending } = await import("../../engine/outbox/pauses.ts");
    await withContext(options, async (context) => {
      if (options.list !== true) {
        const target = targetOf(options);
        const isNew = await pauseSending(context, target, options.reason ?? null);
        if (!options.json) print(`${named(target)} ${isNew ? "is paused" : "was paused already"}.`);
        if (!options.json) return;
      }
      const pauses = await listPauses(context);
      if (options.json) printJson(pauses);
      else if (pauses.length === 0) print("Nothing is paused.");
      for (const one of options.json ? [] : pauses) {
        const who = one.by === null ? "" : ` by ${one.by}`;
        const why = one.reason === null ? "" : `: ${one.reason}`;
        print(`${named(one)} is paused since ${new Date(one.since).toISOString()}${who}${why}`);
      }
    });
  });
};

export const resume: Define = (program) => {
  withTarget(
    program
      .command("resume")
      .description("send again; what was held goes out spread over time, not all at once"),
  ).action(async (options: Options) => {
    const { listPauses, resumeSending } = await import("../../engine/outbox/pauses.ts");
    await withContext(options, async (context) => {
      const target = targetOf(options);
      const wasPaused = await resumeSending(context, target, options.reason ?? null);
      if (options.json) printJson(await listPauses(context));
      else print(`${named(target)} ${wasPaused ? "goes again" : "was not paused"}.`);
    });
  });
};

function withTarget(command: Command): Command {
  return withStore(
    withJson(
      command
        .option("--channel <channel>", "only this channel, e.g. email")
        .option("--program <program>", "only this program of the model")
        .option("--reason <text>", "why, for the record"),
      "print what is paused as JSON",
    ),
  );
}

function targetOf({ channel, program }: Options): PauseTarget {
  if (channel !== undefined && program !== undefined) {
    throw new UsageError(
      "--channel and --program exclude each other.",
      "Pause them one after the other.",
    );
  }
  if (channel !== undefined) return { scope: "channel", name: channel };
  return program === undefined ? { scope: "all", name: "" } : { scope: "program", name: program };
}

function named({ scope, name }: PauseTarget): string {
  return scope === "all" ? "All sending" : `Sending of ${scope} ${name}`;
}
